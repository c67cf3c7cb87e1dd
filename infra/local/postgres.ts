import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { readFailure } from '../../lib/db/failures';
import type { AdminConnection } from '../../lib/db/migrate';
import { joinUsers, type Share } from '../../lib/db/ownership';
import { giveTo, type Installation, install } from './installation';

/** The local superuser; the server listens on loopback only. */
const ADMIN = { user: 'postgres', password: 'postgres' };
/** Ports that are tried, from the wanted one on. */
const PORTS_TO_TRY = 100;
/** Seconds that pg_ctl waits, also for the recovery after a crash. */
const START_PATIENCE_SECONDS = 60;
/** Milliseconds within which a small database has recovered from a crash, or a hanging one is given up. */
const RECOVERY_PATIENCE_MILLIS = 10_000;
/** Milliseconds between tries to join a server that another process starts, stops or restarts. */
const JOIN_PAUSE_MILLIS = 100;
/** Starts that find their port taken by another one. */
const PORT_TRIES = 3;
/** Failed restarts in a row until somebody is told: the first ones may still meet processes of the crashed server. */
const RESTARTS_UNTIL_TOLD = 10;

export interface EmbeddedOptions {
  /** The next free one is taken when it is not free; absent: any. */
  port?: number;
  /**
   * Given, a server that crashed is started again, on its port, and this is called; with an error when that fails
   * again and again.
   */
  onRestart?: (failure?: Error) => void;
}

export interface EmbeddedPostgres {
  admin: AdminConnection & { host: string; port: number };
  folder: string;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, with its data below `folder`, or joins the one that runs there: also one
 * that a killed process left behind. Throws with the server's own words when it does not start.
 */
export async function startPostgres(
  folder: string,
  flags: string[] = [],
  { port, onRestart }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const installation = await install(folder);
  const watch = onRestart && openWatch(installation, flags, onRestart);
  const { admin, share } = await startAndJoin(installation, flags, port, watch?.onLost);
  return {
    admin,
    folder: installation.folder,
    async stop() {
      await watch?.end();
      await leave(installation, share);
    },
  };
}

/** Stops the server when nobody else uses it, and says so. One that recovers from a crash is waited for. */
async function leave(installation: Installation, share: Share): Promise<boolean> {
  const deadline = monotonicMillis() + RECOVERY_PATIENCE_MILLIS;
  while (!share.isHeld() && monotonicMillis() < deadline && (await isRunning(installation))) {
    await sleep(JOIN_PAUSE_MILLIS);
  }
  return share.leave(() => stop(installation));
}

type Admin = EmbeddedPostgres['admin'];
type OnLost = (admin: Admin) => Promise<void>;

/** Other processes may start, stop or restart the same server meanwhile, or it recovers: then this tries again. */
async function startAndJoin(
  installation: Installation,
  flags: string[],
  port?: number,
  onLost?: OnLost,
): Promise<{ admin: Admin; share: Share }> {
  const deadline = monotonicMillis() + RECOVERY_PATIENCE_MILLIS;
  for (;;) {
    if (!existsSync(installation.dataFolder)) {
      await initialise(installation);
    }
    if (!(await isRunning(installation))) {
      await start(installation, flags, port);
    }
    try {
      return await join(installation, onLost);
    } catch (error) {
      if (readFailure(error).remedy !== 'connection' || monotonicMillis() >= deadline) {
        const { message } = error as Error;
        throw new Error(`the database in ${installation.folder} does not answer: ${message}`, { cause: error });
      }
      await sleep(JOIN_PAUSE_MILLIS);
    }
  }
}

async function join(installation: Installation, onLost?: OnLost): Promise<{ admin: Admin; share: Share }> {
  const admin = await adminOf(installation);
  return { admin, share: await joinUsers(admin, onLost && (() => onLost(admin))) };
}

/** Starts a server that has stopped by itself again, until the watch ends. One that is still ending is met again. */
function openWatch(installation: Installation, flags: string[], onRestart: (failure?: Error) => void) {
  let ended = false;
  let restarting: Promise<void> = Promise.resolve();
  let failures = 0;
  const restart = async ({ port }: Admin): Promise<void> => {
    if (ended || !existsSync(installation.dataFolder) || (await isRunning(installation))) {
      return;
    }
    try {
      await startOnce(installation, flags, port);
      failures = 0;
      onRestart();
    } catch (error) {
      failures += 1;
      if (failures === RESTARTS_UNTIL_TOLD && !(await isRunning(installation))) {
        onRestart(error as Error);
      }
    }
  };
  return {
    onLost(admin: Admin): Promise<void> {
      restarting = restart(admin);
      return restarting;
    },
    /** Nothing is started afterwards. */
    end(): Promise<void> {
      ended = true;
      return restarting;
    },
  };
}

/** Deletes the data below `folder`. Throws when a process that runs still uses it. */
export async function deletePostgres(folder: string): Promise<void> {
  const installation = await install(folder);
  if (await isRunning(installation)) {
    const { share } = await startAndJoin(installation, []);
    if (!(await leave(installation, share))) {
      throw new Error('the database is in use: stop the running service first');
    }
  }
  await rm(installation.dataFolder, { recursive: true, force: true });
}

/** Into a folder beside, renamed when it is whole: a kill in the middle leaves nothing that looks like a database. */
async function initialise(installation: Installation): Promise<void> {
  const unfinished = `${installation.dataFolder}.${randomUUID()}`;
  const passwordFile = `${unfinished}.password`;
  await writeFile(passwordFile, ADMIN.password, { mode: 0o600 });
  await giveTo(installation.user, passwordFile);
  try {
    await run(installation, 'initdb', [
      `--pgdata=${unfinished}`,
      `--username=${ADMIN.user}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ]);
    await rename(unfinished, installation.dataFolder).catch((error: Error) => {
      // Another process that starts at the same time may be first.
      if (!existsSync(installation.dataFolder)) {
        throw error;
      }
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Another start may take the port between our look and the server's: then there is another port. Another process may
 * start the same server: then it is there.
 */
async function start(installation: Installation, flags: string[], wanted: number | undefined): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(installation, flags, await freePort(wanted));
    } catch (error) {
      if (await isRunning(installation)) {
        return;
      }
      if (attempt === PORT_TRIES || !(error as Error).message.includes('Address already in use')) {
        throw error;
      }
    }
  }
}

async function startOnce(installation: Installation, flags: string[], port: number): Promise<void> {
  const logFile = path.join(installation.folder, 'postgres.log');
  const before = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const options = [
    `-p ${port}`,
    '-c listen_addresses=127.0.0.1',
    '-c unix_socket_directories=',
    '-c max_connections=200',
    ...flags,
  ];
  try {
    await run(installation, 'pg_ctl', [
      'start',
      '--wait',
      `--timeout=${START_PATIENCE_SECONDS}`,
      `--log=${logFile}`,
      '-D',
      installation.dataFolder,
      '-o',
      options.join(' '),
    ]);
  } catch (error) {
    // What an earlier server said would mislead.
    const log = (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(before).toString();
    const words = log.trim() === '' ? (error as Error).message : log.split('\n').slice(-8).join('\n');
    throw new Error(`PostgreSQL did not start: ${words}`, { cause: error });
  }
}

async function isRunning(installation: Installation): Promise<boolean> {
  return run(installation, 'pg_ctl', ['status', '-D', installation.dataFolder]).then(
    () => true,
    () => false,
  );
}

function stop(installation: Installation): Promise<void> {
  return run(installation, 'pg_ctl', ['stop', '--mode=fast', '-D', installation.dataFolder]);
}

/** The port is the fourth line of postmaster.pid (PostgreSQL's src/include/utils/pidfile.h). */
async function adminOf(installation: Installation): Promise<EmbeddedPostgres['admin']> {
  const lines = (await readFile(path.join(installation.dataFolder, 'postmaster.pid'), 'utf8')).split('\n');
  return { ...ADMIN, host: '127.0.0.1', port: Number(lines[3]), database: 'postgres', ssl: false };
}

/** The wanted port or the next that is free; any when none is wanted. */
async function freePort(wanted: number | undefined): Promise<number> {
  for (let port = wanted ?? 0; wanted !== undefined && port < wanted + PORTS_TO_TRY; port++) {
    if ((await tryPort(port)) !== undefined) {
      return port;
    }
  }
  return (await tryPort(0)) ?? 0;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/** Runs one of PostgreSQL's programs as the server's user; throws with what it printed. */
function run({ binFolder, user }: Installation, program: 'initdb' | 'pg_ctl', args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // pg_ctl leaves the server running with its output: a pipe would never close, so only errors are piped, and read until the exit.
    const child = spawn(path.join(binFolder, program), args, {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { LC_ALL: 'C' },
    });
    let printed = '';
    child.stderr.on('data', (chunk) => {
      printed += chunk;
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      child.stderr.destroy();
      code === 0 ? resolve() : reject(new Error(`${program} failed (${code}): ${printed.trim()}`));
    });
  });
}
