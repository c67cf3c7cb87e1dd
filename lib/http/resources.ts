import type {
  CaptureHoldRow,
  LotOrigin,
  PutAssetRow,
  ReadAccountRow,
  ReadActsRow,
  ReadHoldRow,
  ReadTransactionRow,
  UndoTransactionRow,
} from '../../generated/functions';
import { amountToNumber } from '../base/money';
import { actName } from '../contract/accounts';
import type { LotPiece } from '../contract/lots';

/** Rows of the ledger as the wire shows them. */
export function accountData(row: ReadAccountRow) {
  return { userId: row.user_id, name: row.name, status: row.status, createdAt: row.created_at.toISOString() };
}

export function assetData(row: Omit<PutAssetRow, 'act'>) {
  const { code, name, scale, transferable, burn_order, refund_grace_seconds, paid_expires } = row;
  return {
    assetCode: code,
    name,
    scale,
    transferable,
    ...(burn_order !== null && { lots: true, burnOrder: burn_order }),
    ...(refund_grace_seconds !== null && { refundGraceSeconds: refund_grace_seconds }),
    ...(paid_expires !== null && { paidExpires: paid_expires }),
  };
}

/** A piece of a lot, as PostgreSQL writes one as JSON. */
interface LotRow {
  id: string;
  origin: LotOrigin;
  source: string | null;
  priority: number;
  expires_at: string | null;
  amount: number;
  cost: number | null;
  currency: string | null;
}

/** The lots of a row, which the schema of the reply checks; of an asset without lots nothing. */
export function lotsData(rows: unknown): { lots?: LotPiece[] } {
  return rows === null ? {} : { lots: (rows as LotRow[]).map(pieceData) };
}

function pieceData(row: LotRow): LotPiece {
  const { id: lotId, origin, source, priority, expires_at: at, amount, cost, currency } = row;
  const expiresAt = at && new Date(at).toISOString();
  const piece = { lotId, origin, source, priority, expiresAt, amount };
  return cost === null || currency === null ? piece : { ...piece, cost: { amount: cost, currency } };
}

export function actData({ act, principal, reason, before, after, created_at }: ReadActsRow) {
  return { act: actName.parse(act), principal, reason, before, after, timestamp: created_at.toISOString() };
}

export function settledData(row: UndoTransactionRow | CaptureHoldRow) {
  return {
    transactionId: row.transaction_id,
    userId: row.user_id,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    newBalance: amountToNumber(row.balance),
    timestamp: row.created_at.toISOString(),
    ...lotsData(row.lots),
  };
}

export function holdData(row: ReadHoldRow) {
  return {
    holdId: row.hold_id,
    userId: row.user_id,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    status: row.status,
    expiresAt: row.expires_at.toISOString(),
    capturedAmount: row.captured === null ? null : amountToNumber(row.captured),
    transactionId: row.transaction_id,
    metadata: row.metadata,
    createdAt: row.created_at.toISOString(),
  };
}

/** A transaction of which the rows are the entries. */
export function transactionData([row, ...others]: [ReadTransactionRow, ...ReadTransactionRow[]]) {
  return {
    id: row.id,
    type: row.kind_name,
    typeCode: row.kind,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    status: 'completed' as const,
    groupId: row.group_id,
    relatedId: row.related_id,
    idempotencyKey: row.idempotency_key,
    principal: row.principal,
    metadata: row.metadata,
    timestamp: row.created_at.toISOString(),
    entries: [row, ...others].map(entryData),
    ...lotsData(row.lots),
    ...(row.spent !== null && { spent: amountToNumber(row.spent) }),
    ...(row.unspent !== null && { unspent: amountToNumber(row.unspent) }),
  };
}

function entryData(row: ReadTransactionRow) {
  const { account, account_type: accountType, entry_type: entryType, running_balance: balance } = row;
  const runningBalance = accountType === 'user' ? amountToNumber(balance) : balance;
  return { account, accountType, entryType, amount: amountToNumber(row.amount), runningBalance };
}
