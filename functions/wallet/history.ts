import type { ReadHistoryRow } from '../../generated/functions';
import { amountToNumber } from '../../lib/base/money';
import { historyCursor } from '../../lib/contract/history';
import { endpoint } from '../../lib/http/endpoint';
import { pageOf } from '../../lib/http/pages';
import { lotsData } from '../../lib/http/resources';
import { describe } from '../../lib/ledger/chart';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/history'], async ({ input, app, call }) => {
  const { userId, limit, offset, cursor, type: kind, ...filter } = input;
  const rows = await app.ledger.readHistory(
    { ...filter, kind, userId, limit: limit + 1, offset, before: cursor },
    call,
  );
  const { page, nextCursor } = pageOf(rows, limit, (row) =>
    historyCursor({ micros: row.cursor_micros, transactionId: row.id }),
  );
  return { data: { userId, transactions: page.map(toReply), limit, offset, nextCursor } };
});

function toReply(row: ReadHistoryRow) {
  return {
    id: row.id,
    type: row.kind_name,
    typeCode: row.kind,
    asset: row.asset,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    entryType: row.entry_type,
    runningBalance: amountToNumber(row.running_balance),
    description: describe(row.kind, `${row.amount} ${row.asset_code}`, row.metadata),
    metadata: row.metadata,
    status: 'completed' as const,
    timestamp: row.created_at.toISOString(),
    ...lotsData(row.lots),
  };
}
