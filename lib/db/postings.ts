import { types } from 'pg';
import { type DecimalText, writtenDecimal } from '../base/money';
import { homeOf, idOf } from '../ledger/home';
import type { LotSpec } from '../ledger/lots';
import {
  type Claim,
  type Posted,
  type Posting,
  playerOf,
  requestHash,
  type Transfer,
} from '../ledger/posting';
import type { Database } from './database';
import { claimedMeanwhile } from './failures';
import type { Call } from './retry';
import { ask, askOne, askText, type Row } from './statements';

const parseTime: (text: string) => Date = types.getTypeParser(types.builtins.TIMESTAMPTZ);

/** Under which key a caller posts, and who it is. */
export interface Claimant {
  key: string;
  principal: string | null;
}

/** Posts once per key, or replays. */
export async function post(writer: Database, posting: Posting, by: Claimant, call: Call): Promise<Posted> {
  const { kind, debit, credit, assetCode, amount, openAccount, lots } = posting;
  const home = homeOf(playerOf(posting));
  const given = {
    home,
    kind,
    debit,
    credit,
    assetCode,
    amount,
    openAccount,
    lots: lotsText(lots),
    ...claim(posting, by),
  };
  return parsePosted(await askText(writer.call, 'post_transaction', given, call));
}

/** A transfer that was posted, as its payer sees it. */
export interface Transferred {
  transactionId: string;
  balance: DecimalText;
  createdAt: string;
  replayed: boolean;
  groupId: string | null;
  lots: unknown;
}

/** Moves from player to player, once per key, or replays. */
export async function postTransfer(
  writer: Database,
  transfer: Transfer,
  by: Claimant,
  call: Call,
): Promise<Transferred> {
  const { from, to, assetCode, amount, lots } = transfer;
  const homes = { home: homeOf(from), toHome: homeOf(to) };
  const row = await askOne(
    writer.call,
    'post_transfer',
    { ...homes, from, to, assetCode, amount, lots: lotsText(lots), ...claim(transfer, by) },
    call,
  );
  return {
    transactionId: row.transaction_id,
    balance: row.balance,
    createdAt: row.created_at.toISOString(),
    replayed: row.replayed,
    groupId: row.group_id,
    lots: row.lots,
  };
}

export interface BatchElement {
  posting: Posting | Transfer;
  key: string;
}

/** What became of an element: its transaction, or why it was left out. */
export type ElementOutcome =
  | (Posted & { groupId: string | null })
  | { code: NonNullable<Row<'post_batch'>['code']>; message: string };

/** Tries to post a batch whose keys others claim at the same time. */
const MATCHES = 3;

/**
 * Posts all or none, as if one by one, or with `skipRefused` those that may be posted. Those whose key has
 * posted before are replays.
 */
export async function postBatch(
  writer: Database,
  reader: Database,
  elements: BatchElement[],
  { principal, skipRefused }: { principal: string | null; skipRefused: boolean },
  call: Call,
): Promise<{ groupId: string; outcomes: ElementOutcome[] }> {
  const content = elements.map(elementOf);
  const ids = content.map(({ home, key }) => idOf(home, key));
  const groupId = idOf(content[0]?.home ?? 0, content.map(({ key }) => key).join('\n'), 'group');
  const given = { groupId, elements: JSON.stringify(content), principal, skipRefused };
  for (let attempt = 1; ; attempt++) {
    const { find_claimed: claimed } = await askOne(reader.call, 'find_claimed', { ids }, call);
    try {
      return outcomesOf(groupId, await ask(writer.call, 'post_batch', { ...given, claimed }, call));
    } catch (error) {
      if (!claimedMeanwhile(error) || attempt === MATCHES) {
        throw error;
      }
    }
  }
}

function elementOf({ posting, key }: BatchElement) {
  const { kind, assetCode, amount, metadata, lots } = posting;
  const moved =
    'from' in posting
      ? { home: homeOf(posting.from), to_home: homeOf(posting.to), debit: posting.from, credit: posting.to }
      : {
          home: homeOf(playerOf(posting)),
          debit: posting.debit,
          credit: posting.credit,
          open_account: posting.openAccount,
        };
  return {
    ...moved,
    kind,
    asset_code: assetCode,
    amount,
    key,
    request_hash: requestHash(posting),
    metadata,
    lots,
  };
}

function outcomesOf(groupId: string, rows: Row<'post_batch'>[]) {
  const outcomes = rows.map(outcomeOf);
  const posted = rows.filter(({ code }) => code === null);
  if (!posted.every(({ replayed }) => replayed)) {
    return { groupId, outcomes };
  }
  // What is told again keeps its name: the group that posted last was this batch's. When each had posted
  // alone, the first stands for them.
  const last = posted
    .filter(({ group_id }) => group_id !== null)
    .sort((one, other) => (other.created_at?.getTime() ?? 0) - (one.created_at?.getTime() ?? 0))[0];
  return { groupId: last?.group_id ?? posted[0]?.transaction_id ?? groupId, outcomes };
}

function outcomeOf(row: Row<'post_batch'>): ElementOutcome {
  const {
    transaction_id: transactionId,
    debit_balance: debitBalance,
    credit_balance: creditBalance,
    created_at,
    replayed,
    lots,
  } = row;
  if (row.code !== null || debitBalance === null || creditBalance === null || created_at === null) {
    return { code: row.code ?? 'IDEMPOTENCY_KEY_REUSED', message: row.message ?? '' };
  }
  const posted = { transactionId, debitBalance, creditBalance, replayed, lots };
  return { ...posted, createdAt: created_at.toISOString(), groupId: row.group_id };
}

/**
 * A row as PostgreSQL writes it: (id,-25.10,25.10,"2026-11-25 20:00:00.123456+00",f,). Before the last field,
 * the lots, only the time has quotes, and none has a comma.
 */
function parsePosted(text: string): Posted {
  const [transactionId = '', debit = '', credit = '', time = '', replayed, ...lots] = text
    .slice(1, -1)
    .split(',');
  return {
    transactionId,
    debitBalance: writtenDecimal(debit),
    creditBalance: writtenDecimal(credit),
    createdAt: toIsoTime(time.slice(1, -1)),
    replayed: replayed === 't',
    lots: readJson(lots.join(',')),
  };
}

/** JSON as a field of a row: nothing is null, and within quotes quotes and backslashes stand twice. */
function readJson(field: string): unknown {
  const text = field.startsWith('"') ? field.slice(1, -1).replace(/(["\\])\1/g, '$1') : field;
  return text === '' ? null : JSON.parse(text);
}

/** Undefined leaves the function's default. */
export function lotsText(lots: LotSpec | undefined): string | undefined {
  return lots && JSON.stringify(lots);
}

/**
 * A time as PostgreSQL writes it. In UTC with all six digits, as nine of ten are, it needs no calendar: 2 %
 * of a handler's time.
 */
function toIsoTime(text: string): string {
  const isPlain = text.length === '2026-11-25 20:00:00.123456+00'.length && text.endsWith('+00');
  return isPlain ? `${text.slice(0, 10)}T${text.slice(11, 23)}Z` : parseTime(text).toISOString();
}

/** What every function that claims a key is given of it. */
export function claim(content: Claim, { key, principal }: Claimant) {
  const metadata = 'metadata' in content ? content.metadata : undefined;
  return {
    key,
    requestHash: `\\x${requestHash(content)}`,
    metadata: metadata === undefined ? null : JSON.stringify(metadata),
    principal,
  };
}
