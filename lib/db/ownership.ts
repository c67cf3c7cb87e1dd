import { Client } from 'pg';
import { endsWithin, sleep } from '../base/time';
import type { AdminConnection } from './migrate';

/** Any fixed number. */
const USERS_LOCK = 7_214_092;
/** Milliseconds between tries to join again. */
const REJOIN_PAUSE_MILLIS = 100;
/** Seconds that a server has run, since its start or its last crash, when every user has joined again. */
const REJOINED_SECONDS = 1;
/** Milliseconds that a server gets to answer; one that hangs must not hold up the end of its users. */
const ANSWER_MILLIS = 5_000;

/** One process's use of a server that several may share. */
export interface Share {
  /** False while the session is lost. */
  isHeld(): boolean;
  /**
   * Ends the use. When the server says that nobody else uses it, `ifLast` runs, and nobody can join
   * meanwhile. Whether it said so: of a server that does not answer nobody knows who uses it.
   */
  leave(ifLast: () => Promise<void>): Promise<boolean>;
}

/**
 * Joins the users of the server whose data are in `dataFolder`. It is a lock of a session, shared by all of
 * them, so it ends with its process, however that ends: a file with process ids would outlive a kill -9. A
 * session that is lost, because the server crashed or restarted, is opened again; `onLost` is called before
 * each try. (Another server may have the port by then. It is not joined.)
 */
export async function joinUsers(
  connection: AdminConnection,
  dataFolder: string,
  onLost: () => Promise<void> = async () => undefined,
): Promise<Share> {
  let session: Client | undefined;
  let leaving = false;

  const hold = (client: Client): void => {
    session = client;
    client.once('end', () => {
      session = undefined;
      void rejoin();
    });
  };
  const rejoin = async (): Promise<void> => {
    while (!leaving) {
      await onLost();
      const client = await openSession(connection, dataFolder).catch(() => undefined);
      if (client !== undefined) {
        hold(client);
        return leaving ? close(client) : undefined;
      }
      await sleep(REJOIN_PAUSE_MILLIS, { keepsAlive: false });
    }
  };

  hold(await openSession(connection, dataFolder));
  return {
    isHeld: () => session !== undefined,
    async leave(ifLast) {
      leaving = true;
      const client = session;
      if (client === undefined) {
        return false;
      }
      try {
        const last = await isLast(client).catch(() => false);
        if (last) {
          await ifLast();
        }
        return last;
      } finally {
        await close(client);
      }
    },
  };
}

async function openSession(connection: AdminConnection, dataFolder: string): Promise<Client> {
  const client = new Client({
    ...connection,
    application_name: 'wallet-user',
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_MILLIS,
    query_timeout: ANSWER_MILLIS,
  });
  client.on('error', () => undefined); // Its end is what counts.
  try {
    await client.connect();
    const { rowCount } = await client.query(
      "SELECT pg_advisory_lock_shared($1) WHERE current_setting('data_directory') = $2",
      [USERS_LOCK, dataFolder],
    );
    if (rowCount === 0) {
      throw new Error(`another server answers at ${connection.host}:${connection.port}`);
    }
    return client;
  } catch (error) {
    await close(client);
    throw error;
  }
}

/**
 * Whether nobody else holds a share, asked when all who lost theirs by a crash had the time to join again.
 */
async function isLast(client: Client): Promise<boolean> {
  // The WAL writer starts when the server begins to take sessions, after a crash too.
  await client.query(
    `SELECT pg_sleep(greatest(0, $1 - extract(epoch FROM clock_timestamp() - backend_start)))
     FROM pg_stat_activity WHERE backend_type = 'walwriter'`,
    [REJOINED_SECONDS],
  );
  await client.query('SELECT pg_advisory_unlock_shared($1)', [USERS_LOCK]);
  const { rows } = await client.query<{ last: boolean }>('SELECT pg_try_advisory_lock($1) AS last', [
    USERS_LOCK,
  ]);
  return rows[0]?.last === true;
}

async function close(client: Client): Promise<void> {
  await endsWithin(
    client.end().catch(() => undefined),
    ANSWER_MILLIS,
  );
}
