import { Client } from 'pg';
import { sleep } from '../base/time';
import type { AdminConnection } from './migrate';

/** Any fixed number. */
const USERS_LOCK = 7_214_092;
/** Milliseconds between tries to join again. */
const REJOIN_PAUSE_MILLIS = 250;

/** One process's use of a server that several may share. */
export interface Share {
  /**
   * Ends the use. True when the server said that nobody else uses it: then it may be stopped. A server that recovers from a crash may take
   * `patienceMillis` until it answers.
   */
  leave(patienceMillis: number): Promise<boolean>;
}

/**
 * Joins the users of a server. It is a lock of a session, shared by all of them, so it ends with its process, however that ends: a file with
 * process ids would outlive a kill -9. A session that is lost, because the server crashed or restarted, is opened again; `onLost` is called
 * before each try.
 */
export async function joinUsers(
  connection: AdminConnection,
  onLost: () => Promise<void> = async () => undefined,
): Promise<Share> {
  let leaving = false;

  const join = async (): Promise<Client> => {
    const client = new Client({ ...connection, application_name: 'wallet-user', keepAlive: true });
    client.on('error', () => undefined); // Its end is what counts.
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1)', [USERS_LOCK]);
    client.once('end', () => {
      session = rejoin();
      session.catch(() => undefined);
    });
    return client;
  };

  const rejoin = async (): Promise<Client> => {
    while (!leaving) {
      await onLost();
      const client = await join().catch(() => undefined);
      if (client !== undefined) {
        return client;
      }
      await sleep(REJOIN_PAUSE_MILLIS, { keepsAlive: false });
    }
    throw new Error('the session was lost');
  };

  let session = join();
  await session;
  return {
    async leave(patienceMillis) {
      const client = await Promise.race([session.catch(() => undefined), sleep(patienceMillis, { keepsAlive: false })]);
      leaving = true;
      try {
        await client?.query('SELECT pg_advisory_unlock_shared($1)', [USERS_LOCK]);
        const answer = await client?.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [USERS_LOCK]);
        return answer?.rows[0]?.last === true;
      } catch {
        return false; // Nobody knows who else uses it.
      } finally {
        await client?.end().catch(() => undefined);
      }
    },
  };
}
