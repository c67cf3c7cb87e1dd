import type { UtcText } from '../base/time';
import type { Database, Statement } from './database';
import type { Call } from './retry';

/** Whoever may read the tables. */
type Reader = Pick<Database, 'call'>;

/** A place in commit order. */
export interface Place {
  xact: string;
  at: UtcText;
  id: string;
}

/** A transaction or an erasure as proofs hash it, and its place. */
export interface Leaf extends Place {
  /** What is hashed. */
  leaf: string;
  /** Of a transaction whose texts an erasure took out: the number of the erased account. */
  erased: string | null;
}

/** The number that no transaction of the database reaches. */
const LAST_XACT = '9223372036854775807';
/** Before the first leaf. */
export const BEFORE_ALL: Place = {
  xact: '0',
  at: '2000-01-01T00:00:00.000000Z',
  id: '00000000-0000-0000-0000-000000000000',
};

/** A column as a JSON text, or null; for what needs no escape. */
const quoted = (column: string) => `coalesce('"' || ${column} || '"', 'null')`;
/** The second form is that of infinity. */
const time = (column: string) =>
  `coalesce(to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), ${column}::text)`;
const seconds = (column: string) => `coalesce(round(extract(epoch FROM ${column}))::text, 'null')`;
const side = (name: string) => {
  const field = (column: string) => quoted(`j.${name}_${column}`);
  return `'{"account":' || ${field('account_id')} || ',"balance":' || ${field('balance')} || ',"seq":' || ${field('seq')} || '}'`;
};

/** The second player of a transfer within one home; empty of all else. */
const PAYEE = `CASE WHEN j.debit_account_id > 0 AND j.credit_account_id > 0 THEN coalesce((
  SELECT p.handle FROM public.user_accounts p WHERE p.home = j.home AND p.id = j.credit_account_id), '')
  ELSE '' END`;

/**
 * Whose transaction it is, and what a person may ask to be erased, as a digest that nobody can try words on
 * once the salt is gone. The digest is kept when the texts are erased, and counts where there are none.
 * erase_texts of SQL makes the same.
 */
const PRIVATE = `encode(CASE
  WHEN j.idempotency_key IS NULL AND j.request_hash IS NULL AND j.metadata = '{}' AND t.digest IS NOT NULL
    THEN t.digest
  ELSE sha256(coalesce(uuid_send(a.salt), '') || convert_to(
    coalesce(a.handle, '') || chr(10) || ${PAYEE} || chr(10)
    || coalesce(j.idempotency_key, '') || chr(10) || coalesce(encode(j.request_hash, 'hex'), '') || chr(10)
    || j.metadata::text, 'UTF8')) END, 'hex')`;

const LOTS = `CASE WHEN j.lots IS NULL THEN 'null' ELSE (
  SELECT '[' || string_agg(
    '{"amount":' || ${quoted('l.amount')} || ',"cost":' || ${quoted('l.cost')}
    || ',"currency":' || ${quoted('l.currency')} || ',"expires":' || ${seconds('l.expires_at')}
    || ',"id":' || ${quoted('l.id')} || ',"made":' || ${quoted(time('l.made_at'))}
    || ',"origin":' || ${quoted('l.origin')} || ',"priority":' || coalesce(l.priority::text, 'null')
    || ',"source":' || ${quoted('l.source')}
    || ',"was":' || ${seconds('l.was_until')} || '}', ',' ORDER BY l.ordinality) || ']'
  FROM unnest(j.lots) WITH ORDINALITY AS l) END`;

/**
 * The first version of a leaf: JSON in the form of RFC 8785 (names in order, no white space). docs/proofs.md
 * says what each field is. The query stands here, not in the database: who may change functions there could
 * make them lie. Every row has one, whatever was done to it: what is null, or unknown, is null here.
 */
const LEAF = `coalesce('{"amount":"' || j.amount || '","asset":' || ${quoted('s.code')} || ',"at":"' || ${time('j.created_at')}
  || '","credit":' || ${side('credit')} || ',"debit":' || ${side('debit')}
  || ',"group":' || ${quoted('j.group_id')} || ',"home":' || j.home || ',"id":"' || j.id
  || '","kind":"' || j.kind || '","lots":' || ${LOTS}
  || ',"principal":' || coalesce(to_json(j.principal)::text, 'null') || ',"private":"' || ${PRIVATE}
  || '","related":' || ${quoted('j.related_id')} || ',"v":1}', '')`;

const TRANSACTIONS = `SELECT j.xact::text AS xact, ${time('j.created_at')} AS at, j.id, ${LEAF} AS leaf,
    t.account_id::text AS erased
  FROM (ROWS) AS j
  LEFT JOIN public.asset_types s ON s.id = j.asset_type_id
  LEFT JOIN public.user_accounts a ON a.home = j.home
    AND a.id = CASE WHEN j.debit_account_id > 0 THEN j.debit_account_id ELSE j.credit_account_id END
  LEFT JOIN public.erased_texts t ON t.home = j.home AND t.transaction_id = j.id
  ORDER BY j.xact, j.created_at, j.id`;

const ERASURES = `SELECT e.xact::text AS xact, ${time('e.created_at')} AS at, e.id,
    '{"account":"' || e.account_id || '","at":"' || ${time('e.created_at')} || '","home":' || e.home
    || ',"id":"' || e.id || '","kind":"ERASURE","principal":' || coalesce(to_json(e.principal)::text, 'null')
    || ',"transactions":"' || e.transactions || '","v":1}' AS leaf, NULL AS erased
  FROM (ROWS) AS e
  ORDER BY e.xact, e.created_at, e.id`;

/** The limit stands inside: the planner would join all rows first. */
const page = (leaves: string, table: string, condition: string): string =>
  leaves.replace(
    'ROWS',
    `SELECT * FROM ${table} r
    WHERE ${condition} AND r.xact >= $1::xid8 AND r.xact < $4::xid8
      AND (r.xact, r.created_at, r.id) > ($1::xid8, $2::timestamptz, $3::uuid)
    ORDER BY r.xact, r.created_at, r.id LIMIT $5`,
  );
const one = (leaves: string, table: string, condition: string): string =>
  leaves.replace('ROWS', `SELECT * FROM ${table} r WHERE r.home = $1 AND r.id = $2::uuid AND ${condition}`);

const CLAIM = 'substr(uuid_send(r.id), 1, 14) = substr(uuid_send($2::uuid), 1, 14)';
/** A hold has no sides. */
const IS_TRANSACTION = '(r.debit_account_id IS NOT NULL OR r.credit_account_id IS NOT NULL)';
const STATEMENTS = {
  transactions: { name: 'leaves', text: page(TRANSACTIONS, 'public.journal', IS_TRANSACTION) },
  erasures: { name: 'erasures', text: page(ERASURES, 'public.erasures', 'true') },
  transaction: { name: 'leaf', text: one(TRANSACTIONS, 'public.journal', `${CLAIM} AND ${IS_TRANSACTION}`) },
  erasure: { name: 'erasure', text: one(ERASURES, 'public.erasures', CLAIM) },
} satisfies Record<string, Statement>;

/** The next leaves in commit order after a place, of transactions below a number. */
export async function readLeaves(
  reader: Reader,
  after: Place,
  below: string,
  limit: number,
  call: Call,
): Promise<Leaf[]> {
  const given = [after.xact, after.at, after.id, below, limit];
  const transactions = await reader.call<Leaf>(STATEMENTS.transactions, given, call);
  const erasures = await reader.call<Leaf>(STATEMENTS.erasures, given, call);
  // They are few, and a union of both would sort the texts.
  return erasures.length === 0 ? transactions : [...transactions, ...erasures].sort(inOrder).slice(0, limit);
}

function inOrder(one: Place, other: Place): number {
  return placeText(one) < placeText(other) ? -1 : 1;
}

/** Text that sorts as places do. */
function placeText({ xact, at, id }: Place): string {
  return `${xact.padStart(20, '0')}${at}${id}`;
}

/** Every erasure until now, in commit order: its leaf and its place. */
export function readErasures(reader: Reader, call: Call): Promise<Leaf[]> {
  const { xact, at, id } = BEFORE_ALL;
  return reader.call<Leaf>(STATEMENTS.erasures, [xact, at, id, LAST_XACT, null], call);
}

/** The leaf of a transaction or an erasure; undefined when there is none. */
export async function readLeaf(
  reader: Reader,
  home: number,
  id: string,
  call: Call,
): Promise<Leaf | undefined> {
  const [leaf] = await reader.call<Leaf>(STATEMENTS.transaction, [home, id], call);
  return leaf ?? (await reader.call<Leaf>(STATEMENTS.erasure, [home, id], call))[0];
}
