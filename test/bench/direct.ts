import { randomUUID } from 'node:crypto';
import { Client, type ClientConfig } from 'pg';
import { monotonicMillis } from '../../lib/base/time';
import { homeOf } from '../../lib/ledger/home';
import { type Sample, summarise } from './measure';

/** One transaction on a connection of its own. */
export type Work = (client: Client) => Promise<unknown>;

/** 40001 and 55P03: sent again at once, as pgbench does with the first. */
const BUSY = new Set(['40001', '55P03']);

/** What `pg` alone costs: no pool, no retries' pauses, nothing of the service. */
export async function throughPg(
  login: ClientConfig,
  connections: number,
  millis: number,
  work: Work,
): Promise<Sample> {
  const clients = await connect(login, connections);
  const sample = await drive(clients, millis, work);
  await Promise.all(clients.map((client) => client.end()));
  return sample;
}

export async function connect(login: ClientConfig, connections: number): Promise<Client[]> {
  const clients = Array.from({ length: connections }, () => new Client(login));
  await Promise.all(clients.map((client) => client.connect()));
  return clients;
}

/** The same on connections that are open, and warm after a while. */
export async function drive(clients: Client[], millis: number, work: Work): Promise<Sample> {
  const latencies: number[] = [];
  const start = monotonicMillis();
  await Promise.all(
    clients.map(async (client) => {
      while (monotonicMillis() - start < millis) {
        const sent = monotonicMillis();
        try {
          await work(client);
          latencies.push(monotonicMillis() - sent);
        } catch (error) {
          if (!BUSY.has((error as { code?: string }).code ?? '')) {
            throw error;
          }
        }
      }
    }),
  );
  return summarise(latencies, 0, monotonicMillis() - start);
}

const upTo = (count: number): number => 1 + Math.floor(Math.random() * count);

/** pgbench's built-in TPC-B at scale 50, statement by statement. */
export async function tpcb(client: Client): Promise<void> {
  const [account, branch, teller, delta] = [upTo(5_000_000), upTo(50), upTo(500), upTo(10_000) - 5_000];
  const send = (name: string, text: string, values: number[]) => client.query({ name, text, values });
  await client.query({ name: 'begin', text: 'BEGIN' });
  await send('account', 'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2', [
    delta,
    account,
  ]);
  await send('balance', 'SELECT abalance FROM pgbench_accounts WHERE aid = $1', [account]);
  await send('teller', 'UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2', [delta, teller]);
  await send('branch', 'UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2', [
    delta,
    branch,
  ]);
  await send(
    'history',
    'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)',
    [teller, branch, account, delta],
  );
  await client.query({ name: 'end', text: 'END' });
}

/** A request's hash, as long as the service's. */
export const HASH = `\\x${'ab'.repeat(32)}`;

/** A top-up: home, user, asset, amount, key. */
export const POSTING = `SELECT public.post_transaction($1, 'TOP_UP', '$treasury', $2, $3, $4, $5, '${HASH}')`;

/** One call of the posting function. */
export function posting(pickUser: () => string): Work {
  return (client) => {
    const userId = pickUser();
    return client.query({
      name: 'post',
      text: POSTING,
      values: [homeOf(userId), userId, 'COIN_0', 1, randomUUID()],
    });
  };
}
