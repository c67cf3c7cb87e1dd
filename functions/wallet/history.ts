import { amountToNumber } from '../../lib/base/money';
import { historyCursor } from '../../lib/contract/transactions';
import type { HistoryRow } from '../../lib/db/rows';
import { endpoint } from '../../lib/http/endpoint';
import { pageOf } from '../../lib/http/pages';
import { chart } from '../../lib/ledger/chart';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/history'], async ({ input, app, call }) => {
  const { userId, limit, offset, cursor, ...filter } = input;
  const rows = await app.ledger.readHistory({ ...filter, userId, limit: limit + 1, offset, before: cursor }, call);
  const { page, nextCursor } = pageOf(rows, limit, (row) => historyCursor({ micros: row.cursor_micros, transactionId: row.id }));
  return { data: { userId, transactions: page.map(toReply), limit, offset, nextCursor } };
});

function toReply(row: HistoryRow) {
  return {
    id: row.id,
    type: row.type,
    typeCode: row.type_code,
    asset: row.asset,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    entryType: row.entry_type,
    runningBalance: amountToNumber(row.running_balance),
    description: chart[row.type_code].describe(`${row.amount} ${row.asset_code}`, row.metadata),
    metadata: row.metadata,
    status: row.status,
    timestamp: row.created_at.toISOString(),
  };
}
