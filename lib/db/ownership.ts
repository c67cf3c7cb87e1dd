import { Client } from 'pg';
import type { AdminConnection } from './migrate';

/** Any fixed number. */
const USERS_LOCK = 7_214_092;

/** One process's use of a server that several may share. */
export interface Share {
  /** Ends the use. Whether it was the last one: then the server may be stopped. */
  leave(): Promise<boolean>;
}

/**
 * Joins the users of a server. It is a lock of a session, shared by all of them, so it ends with its process, however that ends: a file with
 * process ids would outlive a kill -9.
 */
export async function joinUsers(connection: AdminConnection): Promise<Share> {
  const client = new Client({ ...connection, application_name: 'wallet-user', keepAlive: true });
  client.on('error', () => undefined); // The server has stopped: nothing is left to share.
  await client.connect();
  await client.query('SELECT pg_advisory_lock_shared($1)', [USERS_LOCK]);
  return {
    async leave() {
      try {
        await client.query('SELECT pg_advisory_unlock_shared($1)', [USERS_LOCK]);
        const { rows } = await client.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [USERS_LOCK]);
        return rows[0]?.last === true;
      } catch {
        return true; // The server is gone: what is left of it may be cleared away.
      } finally {
        await client.end().catch(() => undefined);
      }
    },
  };
}
