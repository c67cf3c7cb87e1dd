import { endpoint } from '../../lib/http/endpoint';
import { transferData } from '../../lib/http/postings';
import { transfer } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['wallet/transfer'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const posted = await app.ledger.transfer(transfer(input), by, call);
  return { data: transferData(input, posted), replayed: posted.replayed };
});
