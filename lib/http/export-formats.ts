import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import type { ExportFormatName } from '../base/export-formats';
import type { WalletEvent } from '../contract/events';

/** How the events of a file are written. */
export interface ExportFormat {
  /** Of a file's name. */
  extension: string;
  /** Of events: all of them, or transactions alone, which are the rows of a table. */
  types: ['wallet.transaction.posted'] | undefined;
  encode(events: WalletEvent[]): Promise<Uint8Array>;
}

const gzipped = promisify(gzip);

type Column = (event: TransactionEvent) => string | null;
type TransactionEvent = Extract<WalletEvent, { type: 'wallet.transaction.posted' }>;

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** The columns of a transaction. Amounts are decimal text, as each asset has its own decimals. */
const COLUMNS: Record<string, Column> = {
  cursor: ({ sequence }) => sequence,
  id: ({ id }) => id,
  timestamp: ({ data }) => data.timestamp,
  kind: ({ data }) => data.typeCode,
  asset: ({ data }) => data.assetCode,
  amount: ({ data }) => String(data.amount),
  debit_account: ({ data }) => data.entries[0]?.account ?? null,
  debit_balance: ({ data }) => json(data.entries[0]?.runningBalance)?.replaceAll('"', '') ?? null,
  credit_account: ({ data }) => data.entries[1]?.account ?? null,
  credit_balance: ({ data }) => json(data.entries[1]?.runningBalance)?.replaceAll('"', '') ?? null,
  group_id: ({ data }) => data.groupId,
  related_id: ({ data }) => data.relatedId,
  idempotency_key: ({ data }) => data.idempotencyKey,
  principal: ({ data }) => data.principal,
  metadata: ({ data }) => json(data.metadata),
  lots: ({ data }) => json(data.lots),
};

const TRANSACTIONS: ['wallet.transaction.posted'] = ['wallet.transaction.posted'];

export const EXPORT_FORMATS = {
  ndjson: {
    extension: 'ndjson.gz',
    types: undefined,
    encode: (events) => gzipped(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
  },
  csv: {
    extension: 'csv.gz',
    types: TRANSACTIONS,
    encode: (events) => {
      const rows = (events as TransactionEvent[]).map((event) =>
        Object.values(COLUMNS).map((column) => column(event)),
      );
      return gzipped(stringify(rows, { header: true, columns: Object.keys(COLUMNS) }));
    },
  },
  parquet: {
    extension: 'parquet',
    types: TRANSACTIONS,
    // Loaded only here: it is an ES module that no other work needs.
    encode: async (events) => {
      const { parquetWriteBuffer } = await import('hyparquet-writer');
      const columnData = Object.entries(COLUMNS).map(([name, column]) => ({
        name,
        type: 'STRING' as const,
        nullable: true,
        data: (events as TransactionEvent[]).map(column),
      }));
      return new Uint8Array(parquetWriteBuffer({ columnData }));
    },
  },
} satisfies Record<ExportFormatName, ExportFormat>;
