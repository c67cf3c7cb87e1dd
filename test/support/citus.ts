import type { Client } from 'pg';
import { SQL_FOLDER } from '../../infra/local/database';
import {
  type AdminConnection,
  createDatabase,
  migrate,
  seed,
  setPasswords,
  withAdmin,
} from '../../lib/db/migrate';
import { PASSWORDS, TEMPLATE, testNodes } from './server';

/** Whether the tests run against a ledger on several nodes: some of its promises read differently. */
export const onSeveralNodes = testNodes().length > 0;

/** The nodes of the cluster that a URL names the coordinator of, the coordinator first. */
export async function readNodes(url: string): Promise<AdminConnection[]> {
  if (url === '') {
    throw new Error('CITUS_URL must name the coordinator of a Citus cluster with two workers');
  }
  const { hostname, port, pathname, username, password } = new URL(url);
  const coordinator = {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
  return withAdmin(coordinator, async (client) => {
    const { rows } = await client.query<{ host: string; port: number }>(
      `SELECT nodename AS host, nodeport AS port FROM pg_dist_node ORDER BY groupid = 0 DESC, groupid`,
    );
    return [coordinator, ...rows.slice(1).map((place) => ({ ...coordinator, ...place }))];
  });
}

/** The template that each test file clones, distributed over all nodes. */
export async function prepareNodes(nodes: AdminConnection[]): Promise<void> {
  await dropOnNodes(TEMPLATE);
  await createEmpty(TEMPLATE);
  const template = { ...nodes[0], database: TEMPLATE };
  await migrate(template, SQL_FOLDER, undefined, { distribute: true });
  await seed(template, SQL_FOLDER);
  await setPasswords(template, PASSWORDS);
  // Citus watches every database with a session of its own, and a template must have none.
  await onNodes(async (client) => {
    await client.query(`ALTER DATABASE ${TEMPLATE} ALLOW_CONNECTIONS false`);
    await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [
      TEMPLATE,
    ]);
  });
}

/** A database on each node, whose coordinator knows the others, and which has nothing in it yet. */
export async function createEmpty(name: string): Promise<void> {
  const [coordinator, ...workers] = testNodes();
  for (const node of testNodes()) {
    await createDatabase(node, name);
    await withAdmin({ ...node, database: name }, (client) => client.query('CREATE EXTENSION citus'));
  }
  await withAdmin({ ...coordinator, database: name }, async (client) => {
    await client.query('SELECT citus_set_coordinator_host($1, $2)', [coordinator?.host, coordinator?.port]);
    for (const { host, port } of workers) {
      await client.query('SELECT citus_add_node($1, $2)', [host, port]);
    }
  });
}

export async function cloneOnNodes(name: string): Promise<void> {
  await Promise.all(testNodes().map((node) => createDatabase(node, name, TEMPLATE)));
  // A clone has none of what is set for a role in its template.
  await setLevel(name, 'repeatable read');
}

/** The isolation level of postings in a database, on each node. */
export function setLevel(name: string, level: string): Promise<void> {
  return onEachNode(
    name,
    `ALTER ROLE wallet_app IN DATABASE ${name} SET default_transaction_isolation = '${level}'`,
  );
}

export async function dropOnNodes(name: string): Promise<void> {
  await onNodes(async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

/** Does this on each node's own database of this name, without telling the other nodes of it. */
export async function onEachNode(name: string, text: string, values: unknown[] = []): Promise<void> {
  for (const node of testNodes()) {
    await withAdmin({ ...node, database: name }, async (client) => {
      await client.query('SET citus.enable_ddl_propagation = off');
      await client.query(text, values);
    });
  }
}

async function onNodes(work: (client: Client) => Promise<void>): Promise<void> {
  for (const node of testNodes()) {
    await withAdmin(node, work);
  }
}
