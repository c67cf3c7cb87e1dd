import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import type { ExportFormatName } from '../base/export-formats';
import { canonicalAmount, writtenDecimal } from '../base/money';
import type { WalletEvent } from '../contract/events';

/** How the events of a file are written. */
export interface ExportFormat {
  /** Of a file's name. */
  extension: string;
  /** Of events: all of them, or transactions alone, which are the rows of a table. */
  types: ['wallet.transaction.posted'] | undefined;
  open(): Promise<ExportFile>;
}

/** A file that grows by a page of events at a time, while the database reads the next page. */
export interface ExportFile {
  add(events: WalletEvent[]): Promise<void>;
  end(): Promise<Uint8Array>;
}

type Column = (event: TransactionEvent) => string | null;
type TransactionEvent = Extract<WalletEvent, { type: 'wallet.transaction.posted' }>;

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** A balance of a player comes as a number, one of a system account as text; here both are spelled alike. */
const balance = (value: number | string | undefined): string | null =>
  value === undefined ? null : canonicalAmount(writtenDecimal(String(value)));

/** The columns of a transaction. Amounts are decimal text without zeros at the end. */
const COLUMNS: Record<string, Column> = {
  cursor: ({ sequence }) => sequence,
  id: ({ id }) => id,
  timestamp: ({ data }) => data.timestamp,
  kind: ({ data }) => data.typeCode,
  asset: ({ data }) => data.assetCode,
  amount: ({ data }) => String(data.amount),
  debit_account: ({ data }) => data.entries[0]?.account ?? null,
  debit_balance: ({ data }) => balance(data.entries[0]?.runningBalance),
  credit_account: ({ data }) => data.entries[1]?.account ?? null,
  credit_balance: ({ data }) => balance(data.entries[1]?.runningBalance),
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
    open: async () => openText((events) => events.map((event) => `${JSON.stringify(event)}\n`).join('')),
  },
  csv: {
    extension: 'csv.gz',
    types: TRANSACTIONS,
    open: async () =>
      openText((events, isFirst) => {
        const rows = (events as TransactionEvent[]).map((event) =>
          Object.values(COLUMNS).map((column) => column(event)),
        );
        return stringify(rows, { header: isFirst, columns: Object.keys(COLUMNS) });
      }),
  },
  parquet: { extension: 'parquet', types: TRANSACTIONS, open: openParquet },
} satisfies Record<ExportFormatName, ExportFormat>;

/** A compressed text. Node compresses it beside the rest. */
function openText(textOf: (events: WalletEvent[], isFirst: boolean) => string): ExportFile {
  const stream = createGzip();
  const content = buffer(stream);
  let isFirst = true;
  return {
    async add(events) {
      if (!stream.write(textOf(events, isFirst))) {
        await once(stream, 'drain');
      }
      isFirst = false;
    },
    end() {
      stream.end();
      return content;
    },
  };
}

/** Each page is a group of rows. */
async function openParquet(): Promise<ExportFile> {
  // Loaded only here: it is an ES module that no other work needs.
  const { ByteWriter, ParquetWriter, schemaFromColumnData } = await import('hyparquet-writer');
  const columns = Object.keys(COLUMNS).map((name) => ({
    name,
    type: 'STRING' as const,
    nullable: true,
    data: [],
  }));
  const bytes = new ByteWriter();
  const schema = schemaFromColumnData({ columnData: columns });
  // Ids and texts have no order that a reader could skip rows by, and statistics take a third of the time.
  const writer = new ParquetWriter({ writer: bytes, schema, statistics: false });
  return {
    async add(events) {
      const columnData = Object.entries(COLUMNS).map(([name, column]) => ({
        name,
        data: (events as TransactionEvent[]).map(column),
      }));
      writer.write({ columnData, rowGroupSize: events.length });
    },
    async end() {
      writer.finish();
      return bytes.getBytes();
    },
  };
}
