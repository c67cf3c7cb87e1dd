import type {
  CaptureHoldRow,
  ReadAccountRow,
  ReadActsRow,
  ReadAssetsRow,
  ReadHoldRow,
  ReadTransactionRow,
  UndoTransactionRow,
} from '../../generated/functions';
import { amountToNumber } from '../base/money';
import { actName } from '../contract/accounts';

/** Rows of the ledger as the wire shows them. */
export function accountData(row: ReadAccountRow) {
  return { userId: row.user_id, name: row.name, status: row.status, createdAt: row.created_at.toISOString() };
}

export function assetData(row: ReadAssetsRow) {
  return { assetCode: row.code, name: row.name, scale: row.scale, transferable: row.transferable };
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
  };
}

function entryData(row: ReadTransactionRow) {
  const { account, account_type: accountType, entry_type: entryType, running_balance: balance } = row;
  const runningBalance = accountType === 'user' ? amountToNumber(balance) : balance;
  return { account, accountType, entryType, amount: amountToNumber(row.amount), runningBalance };
}
