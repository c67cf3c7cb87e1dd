import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { rolesOf } from '../base/roles';

type Roles = ReturnType<typeof rolesOf>;

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
  const { rows } = await client.query<{ version: string | null }>(
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
 * What differs within a file of sql/: a passage for several nodes, as a comment, and, up to `-- end`, the one
 * that it replaces.
 */
const PASSAGE = / *\/\* on several nodes:[^\n]*\n([\s\S]*?) *\*\/(?: -- on one node:\n[\s\S]*?-- end)?\n/g;

/**
 * Citus says so, with SQLSTATE XX000, when another node refused to commit, such as for a conflict with
 * another transaction: nothing of this one was done on any node.
 */
const NOT_COMMITTED = /^could not commit transaction for shard|^failure on connection marked as essential/;

/** Whether a transaction over several nodes failed at its end, where a conflict has no own SQLSTATE. */
export function isRemoteConflict(code: string | undefined, message: string): boolean {
  return code === 'XX000' && NOT_COMMITTED.test(message);
}

/**
 * Gives the roles on every other node the rights and settings that they have here, and nobody else any. A
 * node that was added later, and one of a ledger that was made before the extension, lack them; and Citus
 * gives everybody the right to call each function that it brings to a node.
 */
export async function equipNodes(client: Client, { owner, app, reader }: Roles): Promise<void> {
  const { rows: settings } = await client.query<{ statement: string }>(
    `SELECT format('ALTER ROLE %I IN DATABASE %I SET %I = %L', r.rolname, current_database(),
       split_part(c, '=', 1), substr(c, strpos(c, '=') + 1)) AS statement
     FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
     JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c
     WHERE d.datname = current_database() AND r.rolname = ANY ($1) AND c NOT LIKE 'search_path=%'`,
    [[app, reader]],
  );
  const statements = `DO $do$
    DECLARE
      v_function regprocedure;
    BEGIN
      -- Each node is told by itself.
      SET LOCAL citus.enable_ddl_propagation = off;
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      GRANT USAGE, CREATE ON SCHEMA public TO ${owner};
      GRANT USAGE ON SCHEMA public TO ${app}, ${reader};
      EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
      EXECUTE format('GRANT CONNECT ON DATABASE %I TO ${owner}, ${app}, ${reader}', current_database());
      ${settings.map(({ statement }) => `${statement};`).join('\n      ')}
      FOR v_function IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = '${owner}'::regrole
          AND EXISTS (
            SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee = 0)
      LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', v_function);
      END LOOP;
    END $do$`;
  const { rows } = await client.query<{ node: string; result: string }>(
    `SELECT nodename || ':' || nodeport AS node, result FROM run_command_on_workers($1) WHERE NOT success`,
    [statements],
  );
  for (const { node, result } of rows) {
    throw new Error(`the rights on the node ${node} could not be set: ${result}`);
  }
}

/**
 * The files of sql/ in the order in which a ledger on several nodes needs them. A file of a folder of
 * sql/distributed stands in place of the file of its name in that folder of sql/, or is one more. Where only
 * a passage differs, the file itself has both. Their hashes differ from those of one node, so that all of
 * them run again, and so reach the other nodes, when the ledger is distributed.
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
