import { requireScope } from '../../lib/http/caller';
import { endpoint } from '../../lib/http/endpoint';
import { type PostingKind, postingKinds } from '../../lib/http/postings';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/batch'], async ({ input, caller, app, call }) => {
  const elements = input.transactions.map(({ type, ...request }, index) => {
    requireScope(caller, routes[`wallet/${type}`].scope, { index });
    const { plan, tell }: PostingKind = postingKinds[type];
    return { request, tell, posting: plan(request), key: request.idempotencyKey };
  });
  const { groupId, posted } = await app.ledger.postBatch(elements, caller.principal, call);
  const transactions = posted.map((row, index) => elements[index]?.tell(elements[index].request, row));
  return { data: { groupId, transactions: transactions as never }, replayed: posted.every(({ replayed }) => replayed) };
});
