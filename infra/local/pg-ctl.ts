import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { monotonicMillis, sleep } from '../../lib/base/time';
import type { AdminConnection } from '../../lib/db/migrate';
import { giveTo, type Installation } from './installation';

/** How to reach a server as its superuser. It listens on loopback only. */
export type Admin = AdminConnection & { host: string; port: number };

const ADMIN = { user: 'postgres', password: 'postgres' };
/** Ports that are tried, from the wanted one on. */
const PORTS_TO_TRY = 100;
/** Seconds that pg_ctl waits, also for the recovery after a crash. */
const START_PATIENCE_SECONDS = 60;
/**
 * PostgreSQL's words when a start fails only for now, and the milliseconds for which the start is tried
 * again.
 */
const PASSING = /Address already in use|postmaster\.pid|shared memory block/;
const LEFTOVERS_PATIENCE_MILLIS = 10_000;
/** Milliseconds that a server gets to end its sessions and write what it holds. */
const STOP_PATIENCE_MILLIS = 60_000;
/** Milliseconds between two tries. */
const PAUSE_MILLIS = 50;

/**
 * Makes the database in a folder beside, which is renamed when it is complete. So a kill in the middle leaves
 * nothing that looks like a database.
 */
export async function initialise(installation: Installation): Promise<void> {
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
 * Starts the server, unless another process does so meanwhile. It is tried again when another start has taken
 * the port since our look, and while what is left of a killed server still has its lock file or its memory.
 */
export async function start(
  installation: Installation,
  flags: string[],
  wanted: number | undefined,
): Promise<void> {
  const deadline = monotonicMillis() + LEFTOVERS_PATIENCE_MILLIS;
  for (;;) {
    try {
      return await startOnce(installation, flags, await freePort(wanted));
    } catch (error) {
      if (await isRunning(installation)) {
        return;
      }
      if (monotonicMillis() >= deadline || !PASSING.test((error as Error).message)) {
        throw error;
      }
      await sleep(PAUSE_MILLIS);
    }
  }
}

export async function startOnce(installation: Installation, flags: string[], port: number): Promise<void> {
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
    // Lines of an earlier start would mislead the reader.
    const log = (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(before).toString();
    const words = log.trim() === '' ? (error as Error).message : log.split('\n').slice(-8).join('\n');
    throw new Error(`PostgreSQL did not start: ${words}`, { cause: error });
  }
}

/**
 * pg_ctl alone would not do: it takes a killed server for a running one until the parent process has noticed
 * its end.
 */
export async function isRunning(installation: Installation): Promise<boolean> {
  const { pid } = await readPidFile(installation);
  return pid !== undefined && !(await isZombie(pid)) && (await succeeds(installation, 'status'));
}

/**
 * Stops the server and waits until this very one has ended. (When another process starts a new server at
 * once, pg_ctl's own wait would go on until that one ends.)
 */
export async function stop(installation: Installation): Promise<void> {
  const { pid } = await readPidFile(installation);
  const isThere = async () =>
    (await isRunning(installation)) && (await readPidFile(installation)).pid === pid;
  const deadline = monotonicMillis() + STOP_PATIENCE_MILLIS;
  await succeeds(installation, 'stop', '--mode=fast', '--no-wait');
  while (await isThere()) {
    if (monotonicMillis() >= deadline) {
      throw new Error(`the embedded database in ${installation.folder} does not stop`);
    }
    await sleep(PAUSE_MILLIS);
  }
}

function succeeds(installation: Installation, ...command: string[]): Promise<boolean> {
  return run(installation, 'pg_ctl', [...command, '-D', installation.dataFolder]).then(
    () => true,
    () => false,
  );
}

/** On a system without /proc the answer is always false. */
async function isZombie(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return /\) Z /.test(stat);
}

/**
 * Fields of postmaster.pid, which has one a line (PostgreSQL's src/include/utils/pidfile.h). A field that is
 * not written yet is undefined.
 */
async function readPidFile(
  installation: Installation,
): Promise<{ pid: number | undefined; port: number | undefined }> {
  const text = await readFile(path.join(installation.dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return { pid: Number(lines[0]) || undefined, port: Number(lines[3]) || undefined };
}

export async function adminOf(installation: Installation): Promise<Admin> {
  const { port } = await readPidFile(installation);
  if (port === undefined) {
    throw new Error('the server does not say its port yet');
  }
  return { ...ADMIN, host: '127.0.0.1', port, database: 'postgres', ssl: false };
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
function run(
  { binFolder, user, environment }: Installation,
  program: 'initdb' | 'pg_ctl',
  args: string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    // pg_ctl leaves the server running with its output: a pipe would never close, so only errors are piped,
    // and read until the exit.
    const child = spawn(path.join(binFolder, program), args, {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { LC_ALL: 'C', ...environment },
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
