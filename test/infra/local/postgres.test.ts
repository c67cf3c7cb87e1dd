import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, statSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deletePostgres, type EmbeddedPostgres, startPostgres } from '../../../infra/local/postgres';
import { sleep } from '../../../lib/base/time';
import { withAdmin } from '../../../lib/db/migrate';

const FLAGS = ['-c fsync=off'];
let folder: string;
/** Where the server keeps its files, once one has started. */
let used: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-postgres-'));
  used = folder;
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(used, { recursive: true, force: true });
});

const start = async (onRestart?: (failure?: Error) => void): Promise<EmbeddedPostgres> => {
  const postgres = await startPostgres(folder, FLAGS, onRestart && { onRestart });
  used = postgres.folder;
  return postgres;
};
const pidFile = () => path.join(used, 'postgres/postmaster.pid');
const postmaster = async () => Number((await readFile(pidFile(), 'utf8')).split('\n')[0]);
const answers = ({ admin }: EmbeddedPostgres) => withAdmin(admin, (client) => client.query('SELECT 1'));
const until = async (condition: () => unknown): Promise<void> => {
  while (!(await condition())) {
    await sleep(20);
  }
};

test('the server takes the wanted port, or the next one that is free', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  const postgres = await startPostgres(folder, FLAGS, { port });
  expect(postgres.admin.port).toBeGreaterThan(port);
  await postgres.stop();
  await new Promise((resolve) => taken.close(resolve));
  const again = await startPostgres(folder, FLAGS, { port });
  expect(again.admin.port).toBe(port);
  await again.stop();
});

test('processes that start in a new folder at once share one server, and the last one stops it', async () => {
  const users = await Promise.all([start(), start(), start()]);
  expect(new Set(users.map(({ admin }) => admin.port)).size).toBe(1);
  for (const user of users.splice(0, 2)) {
    await user.stop();
  }
  await answers(users[0] as EmbeddedPostgres);
  await users[0]?.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test('a process does not join another server on the port of its killed one', async () => {
  const killed = await start();
  process.kill(await postmaster(), 'SIGKILL');
  await until(async () => !(await answers(killed).catch(() => undefined)));
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'game-wallet-postgres-'));
  const other = await startPostgres(elsewhere, FLAGS, { port: killed.admin.port });
  const stopped: boolean[] = [];
  try {
    expect(other.admin.port).toBe(killed.admin.port);
    // More than one try to join again.
    await sleep(500);
    const { rowCount } = await withAdmin(other.admin, (client) =>
      client.query("SELECT FROM pg_locks WHERE locktype = 'advisory'"),
    );
    expect(rowCount).toBe(1);
  } finally {
    await other.stop();
    stopped.push(!existsSync(path.join(other.folder, 'postgres/postmaster.pid')));
    await killed.stop();
    await deletePostgres(elsewhere);
    await rm(elsewhere, { recursive: true, force: true });
  }
  expect(stopped).toEqual([true]);
});

test('a process that starts while another one stops the server still gets a server', async () => {
  let current = await start();
  for (let round = 0; round < 2; round++) {
    const [next] = await Promise.all([start(), current.stop()]);
    await answers(next);
    current = next;
  }
  await current.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test('a process that starts while the server recovers from a crash waits for it', async () => {
  const first = await start();
  const lost = withAdmin(first.admin, async (client) => {
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    process.kill(rows[0].pid, 'SIGKILL');
    await client.query('SELECT 1');
  });
  await expect(lost).rejects.toThrow();
  const second = await start();
  await answers(second);
  await second.stop();
  await answers(first);
  await first.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test('a killed server is not restarted unless the process asked for that', async () => {
  const postgres = await start();
  const killed = await postmaster();
  process.kill(killed, 'SIGKILL');
  await until(() =>
    answers(postgres).then(
      () => false,
      () => true,
    ),
  );
  await postgres.stop();
  await expect(answers(postgres)).rejects.toThrow('ECONNREFUSED');
});

test('a process that stops right after the server was killed leaves no server behind', async () => {
  for (let round = 0; round < 2; round++) {
    let restarts = 0;
    const postgres = await start(() => {
      restarts += 1;
    });
    const { port } = postgres.admin;
    process.kill(await postmaster(), 'SIGKILL');
    await sleep(round * 100);
    await postgres.stop();
    expect(restarts).toBeLessThanOrEqual(1);
    await expect(answers({ ...postgres, admin: { ...postgres.admin, port } })).rejects.toThrow(
      'ECONNREFUSED',
    );
  }
});

test('a killed server that cannot restart is reported once, with the reason', async () => {
  const told: (string | undefined)[] = [];
  const postgres = await start((failure) => told.push(failure?.message));
  const settings = path.join(used, 'postgres/postgresql.conf');
  const before = await readFile(settings, 'utf8');
  await appendFile(settings, 'nonsense = 1\n');
  process.kill(await postmaster(), 'SIGKILL');
  await until(() => told.length > 0);
  expect(told).toEqual([expect.stringContaining('unrecognized configuration parameter "nonsense"')]);
  await writeFile(settings, before);
  await until(() => told.length > 1);
  expect(told[1]).toBeUndefined();
  await postgres.stop();
  expect(existsSync(pidFile())).toBe(false);
});

test('a failed start is reported with its own log lines, not with those of an earlier start', async () => {
  await (await start()).stop();
  await appendFile(path.join(used, 'postgres/postgresql.conf'), 'nonsense = 1\n');
  const failure = await start().catch((error: Error) => error.message);
  expect(failure).toContain('unrecognized configuration parameter "nonsense"');
  expect(failure).not.toContain('database system is shut down');
});

test('unused data is deleted, and data in use is not', async () => {
  const postgres = await start();
  await expect(deletePostgres(folder)).rejects.toThrow(
    'the database is in use: stop the running service first',
  );
  await postgres.stop();
  await deletePostgres(folder);
  expect(existsSync(path.join(used, 'postgres'))).toBe(false);
});

/** Only root can be several users; for anybody else there is nothing to test. */
if (process.getuid?.() === 0) {
  test('data outside a closed project folder is used again by the user who owns it', async () => {
    chmodSync(folder, 0o700);
    folder = path.join(folder, 'closed');
    await (await start()).stop();
    expect(used).toMatch(/^\/var\/lib\/game-wallet\//);
    // As on a machine that had no user postgres when the data was made.
    spawnSync('chown', ['-R', '65534:65534', used, folder]);
    const postgres = await start();
    expect(statSync(path.join(used, 'postgres')).uid).toBe(65_534);
    await postgres.stop();
  });
}
