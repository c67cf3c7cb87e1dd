import type { UtcText } from '../base/time';
import type { Database, Statement } from './database';
import type { Call } from './retry';

/** A transaction as proofs hash it, and its place in commit order. */
export interface Leaf {
  xact: string;
  at: UtcText;
  id: string;
  /** What is hashed. */
  leaf: string;
}

export type Place = Omit<Leaf, 'leaf'>;

/** Before the first leaf. */
export const BEFORE_ALL: Place = {
  xact: '0',
  at: '2000-01-01T00:00:00.000000Z',
  id: '00000000-0000-0000-0000-000000000000',
};

/** A column as a JSON text, or null; for what needs no escape. */
const quoted = (column: string) => `coalesce('"' || ${column} || '"', 'null')`;
const time = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const seconds = (column: string) => `coalesce(extract(epoch FROM ${column})::bigint::text, 'null')`;
const side = (name: string) =>
  `'{"account":"' || j.${name}_account_id || '","balance":"' || j.${name}_balance || '","seq":"' || j.${name}_seq || '"}'`;

/** What a person may ask to be erased, as a digest that nobody can try words on once the salt is gone. */
const PRIVATE = `encode(sha256(uuid_send(a.salt) || convert_to(
  coalesce(j.idempotency_key, '') || chr(10) || coalesce(encode(j.request_hash, 'hex'), '') || chr(10)
  || j.metadata::text, 'UTF8')), 'hex')`;

const LOTS = `CASE WHEN j.lots IS NULL THEN 'null' ELSE (
  SELECT '[' || string_agg(
    '{"amount":"' || l.amount || '","cost":' || ${quoted('l.cost')} || ',"currency":' || ${quoted('l.currency')}
    || ',"expires":' || ${seconds('l.expires_at')} || ',"id":"' || l.id || '","made":"' || ${time('l.made_at')}
    || '","origin":"' || l.origin || '","priority":' || l.priority || ',"source":' || ${quoted('l.source')}
    || ',"was":' || ${seconds('l.was_until')} || '}', ',' ORDER BY l.ordinality) || ']'
  FROM unnest(j.lots) WITH ORDINALITY AS l) END`;

/**
 * The first version of a leaf: JSON in the form of RFC 8785 (names in order, no white space). docs/proofs.md
 * says what each field is. The query stands here, not in the database: who may change functions there could
 * make them lie.
 */
const LEAF = `'{"amount":"' || j.amount || '","asset":"' || s.code || '","at":"' || ${time('j.created_at')}
  || '","credit":' || ${side('credit')} || ',"debit":' || ${side('debit')}
  || ',"group":' || ${quoted('j.group_id')} || ',"home":' || j.home || ',"id":"' || j.id
  || '","kind":"' || j.kind || '","lots":' || ${LOTS}
  || ',"principal":' || coalesce(to_json(j.principal)::text, 'null') || ',"private":"' || ${PRIVATE}
  || '","related":' || ${quoted('j.related_id')} || ',"v":1}'`;

/** `rows` is a query of the journal. Its limit stands inside of it: the planner would join all rows first. */
const leavesOf = (
  rows: string,
) => `SELECT j.xact::text AS xact, ${time('j.created_at')} AS at, j.id, ${LEAF} AS leaf
  FROM (${rows}) AS j
  JOIN public.asset_types s ON s.id = j.asset_type_id
  JOIN public.user_accounts a ON a.home = j.home
    AND a.id = CASE WHEN j.debit_account_id > 0 THEN j.debit_account_id ELSE j.credit_account_id END
  ORDER BY j.xact, j.created_at, j.id`;

const PAGE: Statement = {
  name: 'leaves',
  text: leavesOf(`SELECT * FROM public.journal j
    WHERE j.debit_account_id IS NOT NULL AND j.xact >= $1::xid8 AND j.xact < $4::xid8
      AND (j.xact, j.created_at, j.id) > ($1::xid8, $2::timestamptz, $3::uuid)
    ORDER BY j.xact, j.created_at, j.id LIMIT $5`),
};
const ONE: Statement = {
  name: 'leaf',
  text: leavesOf(`SELECT * FROM public.journal j
    WHERE j.home = $1 AND substr(uuid_send(j.id), 1, 14) = substr(uuid_send($2::uuid), 1, 14)
      AND j.id = $2::uuid AND j.debit_account_id IS NOT NULL`),
};

/** The next leaves in commit order after a place, of transactions below a number. */
export function readLeaves(
  reader: Database,
  after: Place,
  below: string,
  limit: number,
  call: Call,
): Promise<Leaf[]> {
  return reader.call<Leaf>(PAGE, [after.xact, after.at, after.id, below, limit], call);
}

/** The leaf of a transaction; undefined when there is none. */
export async function readLeaf(
  reader: Database,
  home: number,
  id: string,
  call: Call,
): Promise<Leaf | undefined> {
  return (await reader.call<Leaf>(ONE, [home, id], call))[0];
}
