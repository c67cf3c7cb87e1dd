import { Client } from 'pg';
import type { AdminConnection } from './migrate';

/** Any fixed number. */
const OWNER_LOCK = 7_214_092;

/** The right to stop a server that several processes may use. */
export interface Ownership {
  release(): Promise<void>;
}

/**
 * Takes the ownership unless a living process has it. It is a lock of a session, so it ends with its process, however that ends: a file with a
 * process id would outlive a kill -9.
 */
export async function claimOwnership(connection: AdminConnection): Promise<Ownership | undefined> {
  const client = new Client({ ...connection, application_name: 'wallet-owner', keepAlive: true });
  client.on('error', () => undefined); // The server has stopped: nothing is left to own.
  await client.connect();
  const { rows } = await client.query<{ owned: boolean }>('SELECT pg_try_advisory_lock($1) AS owned', [OWNER_LOCK]);
  if (rows[0]?.owned !== true) {
    await client.end();
    return undefined;
  }
  return { release: () => client.end() };
}
