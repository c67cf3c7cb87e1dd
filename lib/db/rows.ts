import type { Metadata, TransactionType } from '../ledger/chart';

/** What the SQL functions answer. Amounts and balances are decimal text. */
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

export type AccountAct = 'OPENED' | 'RENAMED' | 'STATUS_CHANGED';
export type AssetAct = 'CREATED' | 'CHANGED';

/** What a change of an account or an asset was recorded as; null: nothing changed. */
export interface Acted<Act = AccountAct | AssetAct> {
  act: Act | null;
}

/** An administrative act on an account. */
export interface ActRow {
  id: string;
  act: AccountAct;
  principal: string | null;
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown>;
  created_at: Date;
}

/** Amounts are decimal text. `held` and `available` are null of a past balance: what was held then is not kept. */
export interface BalanceRow {
  asset_code: string;
  asset_name: string;
  balance: string;
  held: string | null;
  available: string | null;
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

/** What a refund, a reversal or a capture did. `refundable` is of a refund, `released` of a capture. */
export interface SettledRow {
  transaction_id: string;
  user_id: string;
  asset_code: string;
  amount: string;
  balance: string;
  refundable: string;
  released: string;
  created_at: Date;
  replayed: boolean;
}

export interface ExchangedRow {
  group_id: string;
  from_id: string;
  from_balance: string;
  to_id: string;
  to_balance: string;
  created_at: Date;
  replayed: boolean;
}

export interface PlacedHoldRow {
  hold_id: string;
  amount: string;
  expires_at: Date;
  available: string;
  replayed: boolean;
}

export interface HoldRow {
  hold_id: string;
  user_id: string;
  asset_code: string;
  amount: string;
  status: 'active' | 'captured' | 'voided' | 'expired';
  created_at: Date;
  expires_at: Date;
  transaction_id: string | null;
  captured: string | null;
  metadata: Metadata;
}

/** One entry with its transaction. */
export interface EntryRow {
  id: string;
  type: string;
  type_code: TransactionType;
  asset_code: string;
  amount: string;
  status: 'completed';
  group_id: string | null;
  related_id: string | null;
  idempotency_key: string | null;
  principal: string | null;
  metadata: Metadata;
  created_at: Date;
  account: string;
  account_type: 'user' | 'treasury' | 'revenue' | 'bonus_pool';
  entry_type: 'debit' | 'credit';
  running_balance: string;
}

/** What a reconciliation found, as of the moment of its snapshot. */
export interface ReconciliationRow {
  full: boolean;
  snapshot_at: Date;
  finished_at: Date;
  checked: Record<string, number>;
  discrepancies: { check: string }[];
}

/** Decimal text. */
export interface TrialBalanceRow {
  asset_code: string;
  user: string;
  treasury: string;
  revenue: string;
  bonus_pool: string;
  sum: string;
}

/** What a posting did, or what it did the first time. */
export interface PostedRow {
  transaction_id: string;
  debit_balance: string;
  credit_balance: string;
  created_at: Date;
  replayed: boolean;
}
