import type { TestWallet } from './wallet';

/** The database's clock, which stands still until a test moves it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): Promise<number>;
  advance(seconds: number): Promise<void>;
  set(instant: string): Promise<void>;
}

/**
 * Gives the service's logins a clock of the test's own: functions of its names in a schema that comes before
 * PostgreSQL's in their search path. Call it before the first request.
 */
export async function standClock(wallet: TestWallet): Promise<Clock> {
  await wallet.sql(`
    CREATE SCHEMA clock;
    CREATE TABLE clock.hand (instant timestamptz);
    INSERT INTO clock.hand VALUES (date_trunc('second', now()));
    CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE SECURITY DEFINER
      AS 'SELECT instant FROM clock.hand';
    CREATE FUNCTION clock.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
      AS 'SELECT instant FROM clock.hand';
    GRANT USAGE ON SCHEMA clock TO PUBLIC;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA clock TO PUBLIC`);
  for (const login of ['wallet_app', 'wallet_reader']) {
    await wallet.sql(
      `ALTER ROLE ${login} IN DATABASE ${wallet.config.database.name} SET search_path = clock, pg_catalog, public`,
    );
  }
  return {
    now: async () => {
      const [row] = await wallet.sql('SELECT extract(epoch FROM instant) * 1000 AS now FROM clock.hand');
      return Number(row.now);
    },
    set: async (instant) => {
      await wallet.sql('UPDATE clock.hand SET instant = $1', [instant]);
    },
    advance: async (seconds) => {
      await wallet.sql("UPDATE clock.hand SET instant = instant + $1 * interval '1 second'", [seconds]);
    },
  };
}
