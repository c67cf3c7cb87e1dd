import { randomUUID } from 'node:crypto';
import type { RouteId } from '../../functions/routes';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { openAccounts, type TestWallet } from './wallet';

/** What a caller sees of one try; undefined: no answer came. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the wire gave.
  body: any;
}

export interface Operation {
  route: RouteId;
  key: string;
  path?: { holdId: string };
  body: object;
}

/** What the callers know at the end: each key with its answer, if one came. */
export interface Record {
  operation: Operation;
  tries: number;
  answer?: Answer;
  sentAt: number;
  answeredAt?: number;
}

export interface Workload {
  users: string[];
  assets: string[];
  workers: number;
  /** Milliseconds during which new operations begin. */
  millis: number;
  /** Milliseconds after which a caller gives an operation up. */
  patienceMillis: number;
  /** Of every kind, unless told. */
  kinds?: readonly Kind[];
  send: (operation: Operation) => Promise<Answer | undefined>;
}

const POSTINGS = ['topup', 'bonus', 'purchase', 'purchase'] as const;
/** What a posting or a hold was told, by what it can be the ground of: ids that later operations name. */
interface Grounds {
  purchases: string[];
  credits: string[];
  holds: string[];
}
const KINDS = [
  ...POSTINGS,
  'transfer',
  'exchange',
  'batch',
  'hold',
  'refund',
  'reversal',
  'capture',
] as const;
export type Kind = (typeof KINDS)[number];
/** The kinds that move one balance of one user each. */
export const SIMPLE_KINDS: readonly Kind[] = POSTINGS;

/** The asset of a workload that keeps lots, of which many expire while it runs. */
export const GEM = 'GEM';

/** Accounts and assets for a workload: every kind of operation may pass. */
export async function prepareWorkload(wallet: TestWallet, users: string[], assets: string[]): Promise<void> {
  await openAccounts(wallet, ...users);
  for (const assetCode of assets) {
    await wallet.call('admin/put-asset', {
      path: { assetCode },
      body: { name: assetCode, scale: 2, transferable: true, ...(assetCode === GEM && { lots: true }) },
    });
  }
}

/**
 * Callers that behave as the contract asks: a 5xx or no answer is sent again with the same key, until it is
 * answered.
 */
export async function drive(workload: Workload): Promise<Record[]> {
  const records: Record[] = [];
  const grounds: Grounds = { purchases: [], credits: [], holds: [] };
  const end = monotonicMillis() + workload.millis;
  await Promise.all(
    Array.from({ length: workload.workers }, async () => {
      while (monotonicMillis() < end) {
        const record: Record = {
          operation: anyOperation(workload, grounds),
          tries: 0,
          sentAt: monotonicMillis(),
        };
        records.push(record);
        await sendUntilAnswered(record, workload);
        remember(record, grounds);
      }
    }),
  );
  return records;
}

async function sendUntilAnswered(record: Record, { send, patienceMillis }: Workload): Promise<void> {
  while (monotonicMillis() < record.sentAt + patienceMillis) {
    record.tries += 1;
    const answer = await send(record.operation);
    if (answer !== undefined && answer.status < 500) {
      record.answer = answer;
      record.answeredAt = monotonicMillis();
      return;
    }
    await sleep(20 * Math.random());
  }
}

function remember({ operation: { route }, answer }: Record, grounds: Grounds): void {
  const ground =
    route === 'wallet/purchase' || route === 'holds/capture'
      ? grounds.purchases
      : route === 'wallet/topup' || route === 'wallet/bonus'
        ? grounds.credits
        : grounds.holds;
  const id =
    answer?.status === 201 &&
    (route === 'holds/place' ? answer.body.data.holdId : answer.body.data.transactionId);
  if (id) {
    ground.push(id);
  }
}

const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(Math.random() * items.length)] as Item;
/** What a credit of lots says of its lot. */
const lot = () => ({
  source: pick(['shop', 'web']),
  ...(Math.random() < 0.5 && { expiresInSeconds: 1 + Math.floor(Math.random() * 3) }),
});
const units = (): number => 1 + Math.floor(Math.random() * 20);

function anyOperation({ users, assets, kinds = KINDS }: Workload, grounds: Grounds): Operation {
  const idempotencyKey = randomUUID();
  const posting = () => ({ userId: pick(users), assetCode: pick(assets), amount: units(), idempotencyKey });
  const make = (route: RouteId, body: object, path?: { holdId: string }): Operation => ({
    route,
    key: idempotencyKey,
    body: { ...body, idempotencyKey },
    ...(path && { path }),
  });
  const kind = pick(kinds);
  const [from = '', to = ''] = [...assets].sort(() => Math.random() - 0.5);
  switch (kind) {
    case 'transfer':
      return make('wallet/transfer', {
        fromUserId: pick(users),
        toUserId: pick(users),
        assetCode: pick(assets),
        amount: units(),
      });
    case 'exchange': {
      const body = {
        userId: pick(users),
        from: { assetCode: from, amount: units() },
        to: { assetCode: to, amount: units() },
      };
      return to === '' ? make('wallet/bonus', posting()) : make('wallet/exchange', body);
    }
    case 'batch': {
      const second = { ...posting(), type: 'purchase', idempotencyKey: `${idempotencyKey} 2` };
      const { userId, assetCode } = second;
      const credit = { ...posting(), userId, assetCode, ...(assetCode === GEM && lot()), type: 'topup' };
      const transactions = [credit, second];
      return { route: 'wallet/batch', key: idempotencyKey, body: { transactions } };
    }
    case 'hold':
      return make('holds/place', { ...posting(), expiresInSeconds: 1 + Math.floor(Math.random() * 5) });
    case 'refund':
      return make('wallet/refund', {
        transactionId: pick(grounds.purchases) ?? randomUUID(),
        amount: units(),
      });
    case 'reversal':
      return make('wallet/reversal', {
        transactionId: pick(grounds.credits) ?? randomUUID(),
        reason: 'hammer',
      });
    case 'capture':
      return make('holds/capture', {}, { holdId: pick(grounds.holds) ?? randomUUID() });
    default: {
      const body = posting();
      return make(`wallet/${kind}`, {
        ...body,
        ...(body.assetCode === GEM && kind !== 'purchase' && lot()),
      });
    }
  }
}

export interface Verdict {
  operations: number;
  acknowledged: number;
  unanswered: number;
  resent: number;
  /** Acknowledged, and not in the ledger exactly as it was told. */
  lost: string[];
  /** Refused, and posted all the same. */
  ghosts: string[];
  /** Posted more than once. */
  doubled: string[];
}

/** Books what expires, again and again, until the work has ended; a crash meanwhile stops nothing. */
export async function sweepDuring<Result>(wallet: TestWallet, work: Promise<Result>): Promise<Result> {
  let working = true;
  const done = work.finally(() => {
    working = false;
  });
  while (working) {
    const call = { deadline: monotonicMillis() + 3_000, retries: [] };
    await wallet.app.ledger.expireLots(10, call).catch(() => undefined);
    await sleep(20);
  }
  return done;
}

/** Holds what the callers were told against the ledger. */
export async function judge(wallet: TestWallet, records: Record[]): Promise<Verdict> {
  const keys = records.map(({ operation }) => operation.key);
  const posted = await wallet.sql(
    `SELECT j.idempotency_key AS key, count(*)::int AS times, min(j.id::text) AS id,
       min(h.available)::float8 AS available,
       min(j.debit_balance)::float8 AS debit_balance, min(j.credit_balance)::float8 AS credit_balance
     FROM journal j LEFT JOIN holds h ON h.home = j.home AND h.id = j.id
     WHERE j.idempotency_key = ANY ($1) GROUP BY 1`,
    [keys],
  );
  const ledger = new Map(posted.map((row) => [row.key, row]));
  const keysOf = (which: (record: Record) => boolean): string[] =>
    records.filter(which).map(({ operation }) => operation.key);
  const isTrue = ({ operation, answer }: Record): boolean => {
    const row = ledger.get(operation.key);
    const data = answer?.body.data;
    const told = data.transactions?.[0] ?? data.from ?? data;
    const balance = told.newBalance ?? told.available;
    return (
      row?.times === 1 &&
      row.id === (told.transactionId ?? told.holdId) &&
      [row.debit_balance, row.credit_balance, row.available].includes(balance)
    );
  };
  return {
    operations: records.length,
    acknowledged: records.filter((record) => record.answer?.status === 201).length,
    unanswered: records.filter((record) => record.answer === undefined).length,
    resent: records.filter((record) => record.tries > 1).length,
    lost: keysOf((record) => record.answer?.status === 201 && !isTrue(record)),
    ghosts: records
      .filter(({ answer, operation }) => (answer?.status ?? 0) >= 400 && ledger.has(operation.key))
      .map(({ operation, answer }) => `${operation.route} ${operation.key} ${answer?.body.error.code}`),
    doubled: posted.filter((row) => row.times > 1).map((row) => row.key),
  };
}
