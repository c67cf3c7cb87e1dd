import { types } from 'pg';
import { newId } from '../base/ids';
import type { DecimalText } from '../base/money';
import { type Claim, type Posted, type Posting, requestHash } from '../ledger/posting';
import type { Database, Statement } from './database';
import type { Call } from './retry';
import type { PostedRow } from './rows';
import { one, statement } from './statements';

/** Its row as one value: a function that is scanned as a table costs 4 % more. */
const POST_TRANSACTION: Statement = {
  name: 'post_transaction',
  text: 'SELECT public.post_transaction($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS posted',
};
const parseTime = types.getTypeParser(types.builtins.TIMESTAMPTZ) as (text: string) => Date;
const POST_BATCH = statement('post_batch', '$1, $2, $3');

/** Posts once per key, or replays. */
export async function post(
  writer: Database,
  posting: Posting,
  idempotencyKey: string,
  principal: string | null,
  call: Call,
): Promise<Posted> {
  const values = [
    newId(),
    posting.type,
    posting.debit,
    posting.credit,
    posting.assetCode,
    posting.amount,
    ...claim(posting, idempotencyKey, principal),
  ];
  return parsePosted((await one<{ posted: string }>(writer.call(POST_TRANSACTION, values, call))).posted);
}

/** Posts all or none, as if one by one; those whose key has posted before are replays. */
export async function postBatch(
  writer: Database,
  elements: { posting: Posting; key: string }[],
  principal: string | null,
  call: Call,
): Promise<{ groupId: string; posted: Posted[] }> {
  const content = elements.map(({ posting, key }) => ({
    id: newId(),
    type: posting.type,
    debit: posting.debit,
    credit: posting.credit,
    asset: posting.assetCode,
    amount: posting.amount,
    key,
    hash: requestHash(posting),
    metadata: posting.metadata,
  }));
  const groupId = newId();
  const rows = await writer.call<PostedRow & { group_id: string | null }>(
    POST_BATCH,
    [groupId, JSON.stringify(content), principal],
    call,
  );
  const posted = rows.map(toPosted);
  if (!rows.every(({ replayed }) => replayed)) {
    return { groupId, posted };
  }
  // What is told again keeps its name: the group that posted last was this batch's; when each had posted alone, the first stands for them.
  const last = rows
    .filter(({ group_id }) => group_id !== null)
    .sort((one, other) => other.created_at.getTime() - one.created_at.getTime())[0];
  return { groupId: last?.group_id ?? posted[0]?.transactionId ?? groupId, posted };
}

/** A row as PostgreSQL writes it: (id,-25.10,25.10,"2026-11-25 20:00:00.123456+00",f). Of its fields only the time has quotes, none has a comma. */
function parsePosted(text: string): Posted {
  const [transactionId = '', debit = '', credit = '', time = '', replayed] = text.slice(1, -1).split(',');
  const [debitBalance, creditBalance] = [debit as DecimalText, credit as DecimalText];
  return { transactionId, debitBalance, creditBalance, createdAt: toIsoTime(time.slice(1, -1)), replayed: replayed === 't' };
}

/** A time as PostgreSQL writes it. In UTC with all six digits, as nine of ten are, it needs no calendar: 2 % of a handler's time. */
function toIsoTime(text: string): string {
  const isPlain = text.length === '2026-11-25 20:00:00.123456+00'.length && text.endsWith('+00');
  return isPlain ? `${text.slice(0, 10)}T${text.slice(11, 23)}Z` : parseTime(text).toISOString();
}

function toPosted(row: PostedRow): Posted {
  return {
    transactionId: row.transaction_id,
    debitBalance: row.debit_balance,
    creditBalance: row.credit_balance,
    createdAt: row.created_at.toISOString(),
    replayed: row.replayed,
  };
}

/** What every claim of a key ends with: key, hash, metadata, principal. */
export function claim(content: Claim, idempotencyKey: string, principal: string | null): unknown[] {
  const { metadata } = content;
  return [idempotencyKey, `\\x${requestHash(content)}`, metadata === undefined ? null : JSON.stringify(metadata), principal];
}
