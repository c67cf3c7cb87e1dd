import { amountToNumber } from '../../lib/base/money';
import type { EntryRow } from '../../lib/db/rows';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/get-transaction'], async ({ input, app, call }) => {
  const rows = await app.ledger.readTransaction(input.transactionId, call);
  const [first] = rows as [EntryRow, EntryRow];
  const data = {
    id: first.id,
    type: first.type,
    typeCode: first.type_code,
    assetCode: first.asset_code,
    amount: amountToNumber(first.amount),
    status: first.status,
    groupId: first.group_id,
    relatedId: first.related_id,
    idempotencyKey: first.idempotency_key,
    principal: first.principal,
    metadata: first.metadata,
    timestamp: first.created_at.toISOString(),
    entries: rows.map(toReply),
  };
  return { data };
});

function toReply({ account, account_type: accountType, entry_type: entryType, amount, running_balance: balance }: EntryRow) {
  const runningBalance = accountType === 'user' ? amountToNumber(balance) : balance;
  return { account, accountType, entryType, amount: amountToNumber(amount), runningBalance };
}
