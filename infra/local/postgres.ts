import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import type { AdminConnection } from '../../lib/db/migrate';
import { joinUsers } from '../../lib/db/ownership';
import { giveTo, type Installation, install } from './installation';

/** The local superuser; the server listens on loopback only. */
const ADMIN = { user: 'postgres', password: 'postgres' };
/** Ports that are tried, from the wanted one on. */
const PORTS_TO_TRY = 100;
/** Seconds that pg_ctl waits, also for the recovery after a crash. */
const START_PATIENCE_SECONDS = 60;
/** Milliseconds within which a small database has recovered from a crash. */
const RECOVERY_PATIENCE_MILLIS = 10_000;
/** Starts that find their port taken by another one. */
const PORT_TRIES = 3;

export interface EmbeddedOptions {
  /** The next free one is taken when it is not free; absent: any. */
  port?: number;
  /** Given, a server that crashed is started again, on its port, and this is called. */
  onRestart?: () => void;
}

export interface EmbeddedPostgres {
  admin: AdminConnection & { host: string; port: number };
  folder: string;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, with its data below `folder`, or joins the one that runs there: also one that a killed process
 * left behind. Throws with the server's own words when it does not start.
 */
export async function startPostgres(
  folder: string,
  flags: string[] = [],
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const installation = await install(folder);
  if (!existsSync(installation.dataFolder)) {
    await initialise(installation);
  }
  if (!(await isRunning(installation))) {
    await start(installation, flags, options.port);
  }
  const admin = await adminOf(installation);
  const share = await joinUsers(admin, options.onRestart && (() => revive(installation, flags, admin.port, options.onRestart)));
  return {
    admin,
    folder: installation.folder,
    async stop() {
      const running = await isRunning(installation);
      if ((await share.leave(running ? RECOVERY_PATIENCE_MILLIS : 0)) && running) {
        await stop(installation);
      }
    },
  };
}

/** Starts a server that has stopped by itself, unless another process has done so. One that is still ending is met again. */
async function revive(installation: Installation, flags: string[], port: number, onRestart?: () => void): Promise<void> {
  if (existsSync(installation.dataFolder) && !(await isRunning(installation))) {
    await startOnce(installation, flags, port).then(onRestart, () => undefined);
  }
}

/** Deletes the data below `folder`. Throws when a process that runs still uses it. */
export async function deletePostgres(folder: string): Promise<void> {
  const installation = await install(folder);
  if (await isRunning(installation)) {
    const share = await joinUsers(await adminOf(installation));
    if (!(await share.leave(RECOVERY_PATIENCE_MILLIS))) {
      throw new Error('the database is in use: stop the running service first');
    }
    await stop(installation);
  }
  await rm(installation.dataFolder, { recursive: true, force: true });
}

/** Into a folder beside, renamed when it is whole: a kill in the middle leaves nothing that looks like a database. */
async function initialise(installation: Installation): Promise<void> {
  const unfinished = `${installation.dataFolder}.${process.pid}`;
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
    await rename(unfinished, installation.dataFolder);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Another start may take the port between our look and the server's: then there is another port. */
async function start(installation: Installation, flags: string[], wanted: number | undefined): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(installation, flags, await freePort(wanted));
    } catch (error) {
      if (attempt === PORT_TRIES || !(error as Error).message.includes('Address already in use')) {
        throw error;
      }
    }
  }
}

async function startOnce(installation: Installation, flags: string[], port: number): Promise<void> {
  const logFile = path.join(installation.folder, 'postgres.log');
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
    const log = await readFile(logFile, 'utf8').catch(() => '');
    throw new Error(`PostgreSQL did not start: ${log.split('\n').slice(-8).join('\n')}`, { cause: error });
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
