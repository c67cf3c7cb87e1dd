import { checkpointOf } from '../../lib/app/checkpoints';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['proofs/list'], async ({ input, app, call }) => {
  const rows = await app.ledger.readCheckpoints(input.limit, input.after, call);
  return { data: { checkpoints: rows.map(checkpointOf) } };
});
