import { Pool, type PoolClient, Query, type QueryResult, type QueryResultRow } from 'pg';
import { WalletError } from '../base/errors';
import { monotonicMillis } from '../base/time';
import { readFailure } from './failures';
import { type Call, type RetryLimits, withRetries } from './retry';

export interface Login {
  user: string;
  password: string;
}

/** Runs a piece of a request's work, which a trace of the request shows by this name. */
export type Trace = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export interface DatabaseOptions {
  host: string;
  port: number;
  database: string;
  /** false only where the connection never leaves a machine or a private test network. */
  tls: false | { ca?: string | undefined };
  /** Who logs in; asked for fresh credentials when the last ones were refused. */
  login: (refresh: boolean) => Promise<Login>;
  poolMin: number;
  poolMax: number;
  /** Named statements save parsing, but older transaction poolers cannot carry them. */
  preparedStatements: boolean;
  retry: RetryLimits;
  trace: Trace;
  onPoolError: (error: Error) => void;
}

/** A statement with its name: one text, one name, so that it can be prepared. */
export interface Statement {
  name: string;
  text: string;
}

export interface Database {
  /**
   * Sends one statement, as a transaction of its own: one round trip, or three of a dry run. Throws a
   * WalletError.
   */
  call<Row extends QueryResultRow>(statement: Statement, values: unknown[], call: Call): Promise<Row[]>;
  /**
   * The same in a read-only snapshot without the role's statement timeout, for work of minutes: three round
   * trips, and a pinned proxy session. Operators and functions without a schema are those of PostgreSQL, and
   * row security that would leave rows out is an error.
   */
  callInSnapshot<Row extends QueryResultRow>(
    statement: Statement,
    values: unknown[],
    call: Call,
  ): Promise<Row[]>;
  close(): Promise<void>;
}

/** Milliseconds to wait for a connection, as the proxy's borrow timeout. */
const CONNECT_TIMEOUT_MILLIS = 3_000;
/**
 * Milliseconds; longer than the roles' statement_timeout (10 s), so that in a long request the server gives up
 * first. A single posting's budget ends before either: the server may then go on for up to two seconds, and
 * commit what was answered 503, which the key makes safe to send again.
 */
const QUERY_TIMEOUT_MILLIS = 12_000;
/** Milliseconds left below which no statement is sent: its answer could not be told any more. */
const MIN_QUERY_MILLIS = 50;

const BEGIN_SNAPSHOT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0;
  SET LOCAL search_path = pg_catalog; SET LOCAL row_security = off`;

/** A pool that opens with its first call. */
export function openDatabase(options: DatabaseOptions): Database {
  let pool: Promise<Pool> | undefined;

  /**
   * The pool in use; a new one with fresh credentials when those of `refused` were, and nobody has made it
   * yet.
   */
  const currentPool = (refused?: Promise<Pool>): Promise<Pool> => {
    if (pool === undefined || pool === refused) {
      const opening = createPool(options, refused !== undefined);
      pool = opening;
      opening.catch(() => {
        pool = pool === opening ? undefined : pool;
      });
      refused?.then((old) => old.end()).catch(options.onPoolError);
    }
    return pool;
  };

  const run = <Row>(call: Call, work: (client: PoolClient) => Promise<Row[]>): Promise<Row[]> => {
    let used: Promise<Pool> | undefined;
    return withRetries(call, options.retry, async (refresh) => {
      const pool = currentPool(refresh ? used : undefined);
      used = pool;
      const client = await options.trace('connection', async () => connect(await pool, call));
      return options.trace('statement', () => borrow(client, work));
    });
  };

  return {
    call: (statement, values, call) =>
      run(call, (client) => {
        const sent = options.preparedStatements ? statement : { text: statement.text };
        return call.dryRun ? rolledBack(client, sent, values, call) : send(client, sent, values, call);
      }),
    callInSnapshot: (statement, values, call) =>
      run(call, async (client) => {
        await client.query(BEGIN_SNAPSHOT);
        const rows = await send(client, { text: statement.text }, values, call, Number.POSITIVE_INFINITY);
        await client.query('COMMIT');
        return rows as never;
      }),
    async close() {
      const open = await pool;
      pool = undefined;
      await open?.end();
    },
  };
}

/** `pg`'s way of saying it; without it a certificate is taken as it comes. */
export function verifiedTls(tls: DatabaseOptions['tls']): false | { rejectUnauthorized: true; ca?: string } {
  return tls && { rejectUnauthorized: true, ...(tls.ca !== undefined && { ca: tls.ca }) };
}

async function createPool(options: DatabaseOptions, refresh: boolean): Promise<Pool> {
  const login = await options.login(refresh);
  const pool = new Pool({
    host: options.host,
    port: options.port,
    database: options.database,
    user: login.user,
    password: login.password,
    ssl: verifiedTls(options.tls),
    min: options.poolMin,
    max: options.poolMax,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MILLIS,
    keepAlive: true,
    application_name: 'wallet',
  });
  // An idle connection that dies has no caller to tell; the pool drops it and opens another when one is
  // needed.
  pool.on('error', options.onPoolError);
  // One that dies in use tells its query; the event would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function connect(pool: Pool, call: Call): Promise<PoolClient> {
  const millis = remaining(call);
  const pending = pool.connect();
  if (millis >= CONNECT_TIMEOUT_MILLIS) {
    return pending;
  }
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no connection within the invocation')), millis);
  });
  try {
    return await Promise.race([pending, expiry]);
  } catch (error) {
    pending.then((client) => client.release()).catch(() => undefined);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Sends a statement in a transaction, and takes back what it did: three round trips. */
async function rolledBack<Row extends QueryResultRow>(
  client: PoolClient,
  statement: Partial<Statement> & { text: string },
  values: unknown[],
  call: Call,
): Promise<Row[]> {
  await client.query('BEGIN');
  try {
    const rows = await send<Row>(client, statement, values, call);
    await client.query('ROLLBACK');
    return rows;
  } catch (error) {
    // A session that is stuck or gone would let this wait for it; it is closed instead.
    if (readFailure(error).sessionUsable) {
      await client.query('ROLLBACK');
    }
    throw error;
  }
}

/**
 * Work on a checked-out client, which goes back to the pool unless its session broke, or may be in the middle
 * of a transaction.
 */
async function borrow<Row>(client: PoolClient, work: (client: PoolClient) => Promise<Row[]>): Promise<Row[]> {
  let broken = true;
  try {
    const rows = await work(client);
    broken = false;
    return rows;
  } catch (error) {
    broken = !readFailure(error).sessionUsable || inTransaction(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** As the server said last; a transaction of one statement is over when its error arrives. */
function inTransaction(client: PoolClient): boolean {
  return (
    (client as unknown as { getTransactionStatus?: () => string | null }).getTransactionStatus?.() !== 'I'
  );
}

/**
 * As a Query of `pg`'s own: a plain object would be copied property by property, 4 µs of some 130 that a
 * handler takes.
 */
function send<Row extends QueryResultRow>(
  client: PoolClient,
  { name, text }: { name?: string; text: string },
  values: unknown[],
  call: Call,
  timeoutMillis = QUERY_TIMEOUT_MILLIS,
): Promise<Row[]> {
  const query_timeout = Math.min(timeoutMillis, remaining(call));
  const query = Object.assign(new Query(text, values), { name, query_timeout });
  return new Promise((resolve, reject) => {
    const told = (error: Error | null, result: QueryResult<Row>) =>
      error === null ? resolve(result.rows) : reject(error);
    client.query(query as never, told as never);
  });
}

/** Milliseconds until the deadline; too few are an error. */
function remaining(call: Call): number {
  const millis = Math.floor(call.deadline - monotonicMillis());
  if (millis < MIN_QUERY_MILLIS) {
    throw new WalletError('DATABASE_UNAVAILABLE', 'no time was left to ask the database');
  }
  return millis;
}
