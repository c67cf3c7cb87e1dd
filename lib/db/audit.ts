import type { SignedCheckpoint } from '../base/checkpoint';
import { type DatabaseOptions, type Login, openDatabase, type Statement } from './database';
import { type Place, readErasures, readLeaves } from './leaves';
import type { Call } from './retry';

/**
 * What an auditor reads of the ledger. The queries stand here and read tables: they call no function that
 * is stored in the database, and run in transactions that can write nothing.
 */
export type Audit = ReturnType<typeof openAudit>;

/** Tries of one statement that lost its connection, or met a lock. */
const ATTEMPTS = 10;

const STATEMENTS = {
  horizon: {
    name: 'audit_horizon',
    text: `SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::bigint + coalesce(
      (SELECT e.lift FROM public.epochs e ORDER BY e.id DESC LIMIT 1), 0))::text AS horizon`,
  },
  checkpoints: {
    name: 'audit_checkpoints',
    text: `SELECT c.number::text AS number, c.from_cursor AS "from", c.to_cursor AS "to", c.size::text AS size,
        encode(c.root, 'hex') AS root, encode(c.previous, 'hex') AS previous, encode(c.digest, 'hex') AS digest,
        to_char(c.signed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "signedAt",
        c.key_id AS "keyId", encode(c.signature, 'hex') AS signature
      FROM public.checkpoints c WHERE c.number > $1 ORDER BY c.number LIMIT $2`,
  },
  hashes: {
    name: 'audit_hashes',
    text: `SELECT t.hashes FROM public.tiles t
      WHERE t.level = 0 AND t.index >= $1 AND t.index < $2 ORDER BY t.index`,
  },
} satisfies Record<string, Statement>;

export function openAudit(connection: Pick<DatabaseOptions, 'host' | 'port' | 'database' | 'tls'> & Login) {
  const { user, password, ...place } = connection;
  const database = openDatabase({
    ...place,
    login: async () => ({ user, password }),
    poolMin: 0,
    poolMax: 2,
    preparedStatements: false,
    retry: { attempts: ATTEMPTS },
    trace: (_, work) => work(),
    onPoolError: () => undefined,
  });
  const reader = { call: database.callInSnapshot };
  return {
    readLeaves: (after: Place, below: string, limit: number, call: Call) =>
      readLeaves(reader, after, below, limit, call),

    readErasures: (call: Call) => readErasures(reader, call),

    /** Rows below this number are complete. */
    readHorizon: async (call: Call): Promise<string> => {
      const [row] = await reader.call<{ horizon: string }>(STATEMENTS.horizon, [], call);
      return row?.horizon ?? '0';
    },

    /** Those after a number, oldest first. */
    readCheckpoints: (after: string, limit: number, call: Call) =>
      reader.call<SignedCheckpoint>(STATEMENTS.checkpoints, [after, limit], call),

    /** The hashes of leaves that lie in tiles from an index on to before another, one after the other. */
    readHashes: async (from: number, to: number, call: Call): Promise<Buffer> => {
      const rows = await reader.call<{ hashes: Buffer | null }>(STATEMENTS.hashes, [from, to], call);
      return Buffer.concat(rows.map(({ hashes }) => hashes ?? Buffer.alloc(0)));
    },

    close: () => database.close(),
  };
}
