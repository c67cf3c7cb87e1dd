import { amountToNumber } from '../base/money';
import type { AccountRow, ActRow, AssetRow, HoldRow, SettledRow } from '../db/rows';

/** Rows of the ledger as the wire shows them. */
export function accountData(row: AccountRow) {
  return { userId: row.user_id, name: row.name, status: row.status, createdAt: row.created_at.toISOString() };
}

export function assetData(row: AssetRow) {
  return { assetCode: row.code, name: row.name, scale: row.scale, transferable: row.transferable };
}

export function actData({ act, principal, reason, before, after, created_at }: ActRow) {
  return { act, principal, reason, before, after, timestamp: created_at.toISOString() };
}

export function settledData(row: SettledRow) {
  return {
    transactionId: row.transaction_id,
    userId: row.user_id,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    newBalance: amountToNumber(row.balance),
    timestamp: row.created_at.toISOString(),
  };
}

export function holdData(row: HoldRow) {
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
