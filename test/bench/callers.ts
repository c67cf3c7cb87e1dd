/** Callers over HTTP, in a process of their own: callers.ts URL CLIENTS MILLIS. */
import { randomUUID } from 'node:crypto';
import { load } from './load';

const [url = '', clients, millis] = process.argv.slice(2);
const outcome = await load(`${url}/api/transactions/topup`, Number(clients), Number(millis), (client) => ({
  // A user of its own for each caller, so that only what the design shares is contended.
  userId: `player_${client}`,
  assetCode: 'COIN_0',
  amount: 1,
  idempotencyKey: randomUUID(),
}));
process.send?.(outcome, () => process.disconnect());
