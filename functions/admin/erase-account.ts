import { logAct } from '../../lib/http/acts';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/erase-account'], async ({ input, caller, app, call }) => {
  const { userId, forfeit, reason, idempotencyKey: key } = input;
  const erasure = { kind: 'ERASURE' as const, userId, forfeit, reason };
  const row = await app.ledger.eraseAccount(erasure, { key, principal: caller.principal }, call);
  // The log keeps no name of the person either.
  logAct(app, row, caller);
  return { data: { erasedAt: row.erased_at.toISOString() }, replayed: row.replayed };
});
