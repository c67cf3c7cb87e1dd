import type { DecimalText } from '../base/money';
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
  balance: DecimalText;
  held: DecimalText | null;
  available: DecimalText | null;
}

/** `cursor_micros`: microseconds since the epoch, for the cursor of the next page. */
export interface HistoryRow {
  id: string;
  type: string;
  type_code: TransactionType;
  asset: string;
  asset_code: string;
  amount: DecimalText;
  entry_type: 'debit' | 'credit';
  running_balance: DecimalText;
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
  amount: DecimalText;
  balance: DecimalText;
  refundable: DecimalText;
  released: DecimalText;
  created_at: Date;
  replayed: boolean;
}

export interface ExchangedRow {
  group_id: string;
  from_id: string;
  from_balance: DecimalText;
  to_id: string;
  to_balance: DecimalText;
  created_at: Date;
  replayed: boolean;
}

export interface PlacedHoldRow {
  hold_id: string;
  amount: DecimalText;
  expires_at: Date;
  available: DecimalText;
  replayed: boolean;
}

export interface HoldRow {
  hold_id: string;
  user_id: string;
  asset_code: string;
  amount: DecimalText;
  status: 'active' | 'captured' | 'voided' | 'expired';
  created_at: Date;
  expires_at: Date;
  transaction_id: string | null;
  captured: DecimalText | null;
  metadata: Metadata;
}

/** One entry with its transaction. */
export interface EntryRow {
  id: string;
  type: string;
  type_code: TransactionType;
  asset_code: string;
  amount: DecimalText;
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
  running_balance: DecimalText;
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
  user: DecimalText;
  treasury: DecimalText;
  revenue: DecimalText;
  bonus_pool: DecimalText;
  sum: DecimalText;
}

/** What a posting did, or what it did the first time. */
export interface PostedRow {
  transaction_id: string;
  debit_balance: DecimalText;
  credit_balance: DecimalText;
  created_at: Date;
  replayed: boolean;
}
