import type { AccountRow, AssetRow } from '../db/ledger';

/** Rows of the ledger as the wire shows them. */
export function accountData(row: AccountRow) {
  return { userId: row.user_id, name: row.name, status: row.status, createdAt: row.created_at.toISOString() };
}

export function assetData(row: AssetRow) {
  return { assetCode: row.code, name: row.name, scale: row.scale, transferable: row.transferable };
}
