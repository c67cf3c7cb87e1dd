import { createHash } from 'node:crypto';
import type { Client } from 'pg';

/** A file of sql/. */
export interface SqlFile {
  /** Path below sql/, with forward slashes. */
  name: string;
  text: string;
  hash: string;
}

/** Whether this ledger lies on several nodes, by the extension Citus. */
export async function isDistributed(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL
       AND to_regclass('public.balances') IS NOT NULL AS found`,
  );
  if (rows[0]?.found !== true) {
    return false;
  }
  const { rowCount } = await client.query(
    `SELECT FROM pg_catalog.pg_dist_partition WHERE logicalrelid = 'public.balances'::regclass`,
  );
  return rowCount === 1;
}

/** Throws one line where there are no nodes to lay the ledger on. */
export async function requireNodes(client: Client): Promise<void> {
  const { rows } = await client.query<{ version: string | null; isNode: boolean }>(
    `SELECT (SELECT extversion FROM pg_extension WHERE extname = 'citus') AS version`,
  );
  if (rows[0]?.version == null) {
    throw new Error(
      'this is a plain PostgreSQL: to distribute the ledger, name the coordinator of a Citus cluster ' +
        'in whose database the extension citus was created',
    );
  }
  const nodes = await client.query<{ coordinator: boolean; workers: number }>(
    `SELECT (SELECT l.groupid = 0 FROM pg_dist_local_group l) AS coordinator,
       (SELECT count(*)::integer FROM pg_dist_node n WHERE n.shouldhaveshards AND n.isactive) AS workers`,
  );
  const [found] = nodes.rows;
  if (found?.coordinator !== true) {
    throw new Error('this is a worker of a Citus cluster: distribute the ledger from its coordinator');
  }
  if (found.workers === 0) {
    throw new Error('this Citus cluster has no node for rows yet: add one with citus_add_node');
  }
}

/**
 * What differs within a file of sql/: a passage for several nodes, as a comment, and, up to `-- end`, the one that
 * it replaces.
 */
const PASSAGE = / *\/\* on several nodes:[^\n]*\n([\s\S]*?) *\*\/(?: -- on one node:\n[\s\S]*?-- end)?\n/g;

/**
 * Citus says so, with SQLSTATE XX000, when another node refused to commit, such as for a conflict with another
 * transaction: nothing of this one was done on any node.
 */
const NOT_COMMITTED = /^could not commit transaction for shard|^failure on connection marked as essential/;

/** Whether a transaction over several nodes failed at its end, where a conflict has no SQLSTATE of its own. */
export function isRemoteConflict(code: string | undefined, message: string): boolean {
  return code === 'XX000' && NOT_COMMITTED.test(message);
}

/**
 * The files of sql/ in the order in which a ledger on several nodes needs them. A file of a folder of
 * sql/distributed stands in place of the file of its name in that folder of sql/, or is one more. Where only a
 * passage differs, the file itself has both. Their hashes differ from those of one
 * node, so that all of them run again, and so reach the other nodes, when the ledger is distributed.
 */
export function filesForSeveralNodes(
  migrations: SqlFile[],
  repeatables: SqlFile[],
  distributed: SqlFile[],
): SqlFile[] {
  const named = new Map(distributed.map((file) => [file.name, file]));
  const [roles, tables, delegation] = ['roles', 'tables', 'delegation'].map((name) => {
    const file = named.get(`distributed/${name}.sql`);
    if (file === undefined) {
      throw new Error(`sql/distributed/${name}.sql is missing`);
    }
    return file;
  }) as [SqlFile, SqlFile, SqlFile];
  const replaced = repeatables.map((file) => named.get(`distributed/${file.name}`) ?? onSeveralNodes(file));
  const added = distributed.filter((file) => ![roles, tables, delegation, ...replaced].includes(file));
  const functions = [...replaced, ...added].map((file) => ({
    ...file,
    hash: hashOf('several nodes', file.hash),
  }));
  const all = { ...delegation, hash: hashOf(delegation.hash, ...functions.map(({ hash }) => hash)) };
  return [roles, ...migrations, tables, ...functions, all];
}

/** Puts the passages for several nodes in their places. */
function onSeveralNodes(file: SqlFile): SqlFile {
  return { ...file, text: file.text.replace(PASSAGE, '$1') };
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
