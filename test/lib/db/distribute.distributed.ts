import { randomUUID } from 'node:crypto';
import { appendFile, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQL_FOLDER } from '../../../infra/local/database';
import { type AdminConnection, createDatabase, migrate, seed, withAdmin } from '../../../lib/db/migrate';
import { homeOf } from '../../../lib/ledger/home';
import { createEmpty, dropOnNodes } from '../../support/citus';
import { testNodes } from '../../support/server';

let folder: string;
const made: string[] = [];
const makeName = (): string => {
  const name = `distribute_${randomUUID().slice(0, 8)}`;
  made.push(name);
  return name;
};
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'wallet-sql-'));
  await cp(SQL_FOLDER, folder, { recursive: true });
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  for (const name of made.splice(0)) {
    await dropOnNodes(name);
  }
});

const [coordinator, worker] = testNodes() as [AdminConnection, AdminConnection];
const at = (name: string): AdminConnection => ({ ...coordinator, database: name });
const distribute = (name: string) => migrate(at(name), folder, undefined, { distribute: true });
// biome-ignore lint/suspicious/noExplicitAny: rows of any query.
const ask = async (name: string, text: string): Promise<any[]> =>
  (await withAdmin(at(name), (client) => client.query(text))).rows;
/** A ledger on the coordinator alone, with the postings of the seed data and one more. */
const makePlain = async (name: string) => {
  await migrate(at(name), folder);
  await seed(at(name), folder);
  await ask(name, `BEGIN ISOLATION LEVEL REPEATABLE READ; ${topUp('before')}; COMMIT`);
};
const topUp = (key: string) =>
  `SELECT replayed FROM public.post_transaction(
     ${homeOf('user_001')}, 'TOP_UP', '$treasury', 'user_001', 'GOLD_COIN', 1, '${key}', 'x')`;
/** What a ledger has. */
const contents = (name: string) =>
  ask(
    name,
    `SELECT (SELECT json_agg(j ORDER BY j.id) FROM journal j) AS journal,
       (SELECT json_agg(b ORDER BY b.home, b.account_id, b.asset_type_id) FROM balances b) AS balances,
       (SELECT json_agg(a ORDER BY a.id) FROM user_accounts a) AS accounts,
       (SELECT json_agg(s ORDER BY s.id) FROM asset_types s) AS assets`,
  );
const DISTRIBUTED = [
  'administrative_acts',
  'balances',
  'changes',
  'erased_texts',
  'erasures',
  'holds',
  'journal',
  'user_accounts',
];
const tablesOf = async (name: string, type: 'distributed' | 'reference') =>
  (
    await ask(name, `SELECT table_name::text FROM citus_tables WHERE citus_table_type = '${type}' ORDER BY 1`)
  ).map(({ table_name }) => table_name);

const expectWhole = async (name: string, before: unknown) => {
  expect(await contents(name)).toEqual(before);
  expect(await tablesOf(name, 'distributed')).toEqual(DISTRIBUTED);
  expect(await tablesOf(name, 'reference')).toEqual(['asset_types', 'kinds', 'system_accounts']);
  // What was posted before is a replay, and the service's login may post on the nodes.
  const replay = await withAdmin({ ...at(name), user: 'wallet_app', password: 'app' }, async (client) => [
    (await client.query(topUp('before'))).rows,
    (await client.query(topUp('after'))).rows,
  ]);
  expect(replay).toEqual([[{ replayed: true }], [{ replayed: false }]]);
  const settings = await ask(
    name,
    `SELECT DISTINCT result FROM run_command_on_all_nodes($command$
       SELECT lower(string_agg(replace(c, '"', ''), ' ' ORDER BY s.setrole::regrole::text, c))
       FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c
       WHERE d.datname = current_database() $command$)`,
  );
  expect(settings).toHaveLength(1);
  const groups = await ask(
    name,
    "SELECT count(DISTINCT colocation_id)::int FROM citus_tables WHERE citus_table_type = 'distributed'",
  );
  expect(groups).toEqual([{ count: 1 }]);
  const [{ found }] = await ask(name, 'SELECT (verify_ledger(NULL)).discrepancies AS found');
  expect(found).toEqual([]);
};

test('distributing twice is safe, and a plain migration afterwards has nothing to do', async () => {
  const name = makeName();
  await createEmpty(name);
  expect(await distribute(name)).toContain('distributed/tables.sql');
  expect(await distribute(name)).toEqual([]);
  expect(await migrate(at(name), folder)).toEqual([]);
});

test('of several parallel runs only one applies the files', async () => {
  const name = makeName();
  await createEmpty(name);
  const runs = await Promise.all(Array.from({ length: 3 }, () => distribute(name)));
  expect(runs.filter((applied) => applied.length > 0)).toHaveLength(1);
});

test('a ledger that has rows keeps all of them, and they leave the coordinator', async () => {
  const name = makeName();
  await createEmpty(name);
  await makePlain(name);
  const before = await contents(name);
  const applied = await distribute(name);
  expect(applied.filter((file) => file.startsWith('migrations/'))).toEqual([]);
  await expectWhole(name, before);
  const left = await ask(
    name,
    `SELECT logicalrelid::text FROM pg_dist_partition
     WHERE partmethod = 'h' AND pg_relation_size(logicalrelid) > 0`,
  );
  expect(left).toEqual([]);
  expect(await distribute(name)).toEqual([]);
});

test('a ledger that was migrated before the extension was created keeps all its rows', async () => {
  const name = makeName();
  await createDatabase(coordinator, name);
  await makePlain(name);
  const before = await contents(name);
  await createEmpty(name);
  await distribute(name);
  await expectWhole(name, before);
});

test('a function that is changed later reaches every node', async () => {
  const name = makeName();
  await createEmpty(name);
  await distribute(name);
  await appendFile(
    path.join(folder, 'functions/read_account.sql'),
    `COMMENT ON FUNCTION public.read_account IS 'unchanged';
     CREATE OR REPLACE FUNCTION public.balance_limit(p_scale integer) RETURNS numeric
     LANGUAGE sql IMMUTABLE AS $$ SELECT 7::numeric $$;`,
  );
  await writeFile(
    path.join(folder, 'functions/probe.sql'),
    `CREATE OR REPLACE FUNCTION public.find_probe(p_home integer) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
     AS $$ BEGIN RETURN 'first'; END $$;
     GRANT EXECUTE ON FUNCTION public.find_probe TO wallet_app;`,
  );
  expect(await migrate(at(name), folder)).toEqual(
    expect.arrayContaining([
      'functions/read_account.sql',
      'functions/probe.sql',
      'distributed/delegation.sql',
    ]),
  );
  const everywhere = async (text: string) =>
    (
      await ask(
        name,
        `SELECT result FROM run_command_on_all_nodes($command$ ${text} $command$) ORDER BY nodeid`,
      )
    ).map(({ result }) => result);
  expect(await everywhere('SELECT public.find_probe(1)')).toEqual(Array(3).fill('first'));
  const rights =
    "SELECT array_agg(a::text ORDER BY 1) FROM pg_proc, unnest(proacl) AS a WHERE proname = 'find_probe'";
  const [onCoordinator, ...onWorkers] = await everywhere(rights);
  expect(onWorkers).toEqual([onCoordinator, onCoordinator]);
  await appendFile(path.join(folder, 'functions/probe.sql'), '-- again');
  await writeFile(
    path.join(folder, 'functions/probe.sql'),
    `CREATE OR REPLACE FUNCTION public.find_probe(p_home integer) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
     AS $$ BEGIN RETURN 'second'; END $$;`,
  );
  await migrate(at(name), folder);
  expect(await everywhere('SELECT public.find_probe(1)')).toEqual(Array(3).fill('second'));
  expect(await everywhere(rights)).toEqual(Array(3).fill(onCoordinator));
});

describe('distributing is refused with one line', () => {
  const refused = (connection: AdminConnection) =>
    migrate(connection, folder, undefined, { distribute: true }).then(
      () => 'done',
      ({ message }: Error) => message,
    );

  test('on a plain PostgreSQL', async () => {
    const name = makeName();
    await createDatabase(coordinator, name);
    expect(await refused(at(name))).toBe(
      'this is a plain PostgreSQL: to distribute the ledger, name the coordinator of a Citus cluster in whose database the extension citus was created',
    );
  });

  test('on a worker', async () => {
    const name = makeName();
    await createEmpty(name);
    expect(await refused({ ...worker, database: name })).toBe(
      'this is a worker of a Citus cluster: distribute the ledger from its coordinator',
    );
  });

  test('on a coordinator without workers', async () => {
    const name = makeName();
    await createDatabase(coordinator, name);
    await ask(name, 'CREATE EXTENSION citus');
    await ask(name, `SELECT citus_set_coordinator_host('${coordinator.host}', ${coordinator.port})`);
    expect(await refused(at(name))).toBe(
      'this Citus cluster has no node for rows yet: add one with citus_add_node',
    );
    expect(await ask(name, "SELECT to_regclass('public.schema_migrations') AS found")).toEqual([
      { found: null },
    ]);
  });
});
