import { newId } from '../base/ids';
import type { Metadata, TransactionType } from '../ledger/chart';
import { type Posted, type Posting, requestHash } from '../ledger/posting';
import type { Database, Statement } from './database';
import type { Call } from './retry';

export interface AccountRow {
  user_id: string;
  name: string | null;
  status: 'active' | 'frozen' | 'closed';
  created_at: Date;
}

export interface AssetRow {
  code: string;
  name: string;
  scale: number;
  transferable: boolean;
}

/** Amounts are decimal text. */
export interface BalanceRow {
  asset_code: string;
  asset_name: string;
  balance: string;
  held: string;
  available: string;
}

/** `cursor_micros`: microseconds since the epoch, for the cursor of the next page. */
export interface HistoryRow {
  id: string;
  type: string;
  type_code: TransactionType;
  asset: string;
  asset_code: string;
  amount: string;
  entry_type: 'debit' | 'credit';
  running_balance: string;
  metadata: Metadata;
  status: 'completed';
  created_at: Date;
  cursor_micros: string;
}

interface PostedRow {
  transaction_id: string;
  debit_balance: string;
  credit_balance: string;
  created_at: Date;
  replayed: boolean;
}

export interface HistoryFilter {
  userId: string;
  limit: number;
  offset: number;
  before?: { micros: string; transactionId: string } | undefined;
  assetCode?: string | undefined;
  type?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

const POST_TRANSACTION = statement('post_transaction', '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10');
const PUT_ACCOUNT = statement('put_account', '$1, $2');
const PUT_ASSET = statement('put_asset', '$1, $2, $3, $4');
const READ_ACCOUNT = statement('read_account', '$1');
const READ_ASSETS = statement('read_assets', '');
const READ_BALANCES = statement('read_balances', '$1, $2, $3');
const READ_HISTORY = statement(
  'read_history',
  "$1, $2, $3, timestamptz 'epoch' + $4::bigint * interval '1 microsecond', $5, $6, $7, $8, $9",
);
const PING: Statement = { name: 'ping', text: 'SELECT 1' };

export type Ledger = ReturnType<typeof createLedger>;

/**
 * The SQL functions as methods: each one statement, one round trip. `writer` logs in as wallet_app, whose transactions are serializable;
 * `reader` as wallet_reader, whose reads take no locks and make no serialization conflicts. All throw WalletError.
 */
export function createLedger(writer: Database, reader: Database) {
  return {
    /** Posts once per key, or replays. */
    post: (posting: Posting, idempotencyKey: string, principal: string | null, call: Call) =>
      post(writer, posting, idempotencyKey, principal, call),

    putAccount: (userId: string, name: string | undefined, call: Call) =>
      one<AccountRow & { created: boolean }>(writer.call(PUT_ACCOUNT, [userId, name ?? null], call)),

    putAsset: (asset: AssetRow, call: Call) =>
      one<AssetRow & { created: boolean }>(
        writer.call(PUT_ASSET, [asset.code, asset.name, asset.scale, asset.transferable], call),
      ),

    readAccount: (userId: string, call: Call) => one<AccountRow>(reader.call(READ_ACCOUNT, [userId], call)),

    readAssets: (call: Call) => reader.call<AssetRow>(READ_ASSETS, [], call),

    readBalances: (userId: string, assetCode: string | undefined, at: Date | undefined, call: Call) =>
      reader.call<BalanceRow>(READ_BALANCES, [userId, assetCode ?? null, at ?? null], call),

    readHistory: (filter: HistoryFilter, call: Call) =>
      reader.call<HistoryRow>(
        READ_HISTORY,
        [
          filter.userId,
          filter.limit,
          filter.offset,
          filter.before?.micros ?? null,
          filter.before?.transactionId ?? null,
          filter.assetCode ?? null,
          filter.type ?? null,
          filter.from ?? null,
          filter.to ?? null,
        ],
        call,
      ),

    /** Whether the database answers. */
    ping: async (call: Call): Promise<void> => {
      await reader.call(PING, [], call);
    },
  };
}

async function post(
  writer: Database,
  posting: Posting,
  idempotencyKey: string,
  principal: string | null,
  call: Call,
): Promise<Posted> {
  const values = [
    newId(),
    posting.type,
    posting.debit,
    posting.credit,
    posting.assetCode,
    posting.amount,
    idempotencyKey,
    requestHash(posting),
    posting.metadata === undefined ? null : JSON.stringify(posting.metadata),
    principal,
  ];
  const row = await one<PostedRow>(writer.call(POST_TRANSACTION, values, call));
  return {
    transactionId: row.transaction_id,
    debitBalance: row.debit_balance,
    creditBalance: row.credit_balance,
    createdAt: row.created_at,
    replayed: row.replayed,
  };
}

function statement(functionName: string, parameters: string): Statement {
  return { name: functionName, text: `SELECT * FROM public.${functionName}(${parameters})` };
}

async function one<Row>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows;
  if (row === undefined) {
    throw new Error('a function that returns one row returned none');
  }
  return row;
}
