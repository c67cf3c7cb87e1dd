import { onEachNode, onSeveralNodes } from './citus';
import type { TestWallet } from './wallet';

/** The database's clock, which stands still until a test moves it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): Promise<number>;
  advance(seconds: number): Promise<void>;
  set(instant: string): Promise<void>;
}

const CLOCK = `
  CREATE SCHEMA clock;
  CREATE TABLE clock.hand (instant timestamptz);
  CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER
    AS 'SELECT instant FROM clock.hand';
  CREATE FUNCTION clock.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
    AS 'SELECT instant FROM clock.hand';
  GRANT USAGE ON SCHEMA clock TO PUBLIC;
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA clock TO PUBLIC`;

/**
 * Gives the service's logins a clock of the test's own: functions of its names in a schema that comes before
 * PostgreSQL's in their search path. Call it before the first request. Several nodes show the same time.
 */
export async function standClock(wallet: TestWallet): Promise<Clock> {
  const { name } = wallet.config.database;
  const everywhere = async (text: string, values: unknown[] = []): Promise<void> => {
    await (onSeveralNodes ? onEachNode(name, text, values) : wallet.sql(text, values));
  };
  await everywhere(CLOCK);
  // Of several nodes, one asks another as the functions' owner.
  for (const login of ['wallet_app', 'wallet_reader', ...(onSeveralNodes ? ['wallet_owner'] : [])]) {
    await everywhere(`ALTER ROLE ${login} IN DATABASE ${name} SET search_path = clock, pg_catalog, public`);
  }
  const [row] = await wallet.sql("SELECT date_trunc('second', now())::text AS start");
  await everywhere('INSERT INTO clock.hand VALUES ($1)', [row.start]);
  return {
    now: async () => {
      const [row] = await wallet.sql('SELECT extract(epoch FROM instant) * 1000 AS now FROM clock.hand');
      return Number(row.now);
    },
    set: (instant) => everywhere('UPDATE clock.hand SET instant = $1', [instant]),
    advance: (seconds) =>
      everywhere("UPDATE clock.hand SET instant = instant + $1 * interval '1 second'", [seconds]),
  };
}
