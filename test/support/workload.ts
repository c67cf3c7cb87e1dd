import { randomUUID } from 'node:crypto';
import { monotonicMillis, sleep } from '../../lib/base/time';
import type { TestWallet } from './wallet';

/** What a caller sees of one try; undefined: no answer came. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the wire gave.
  body: any;
}

export interface Operation {
  route: 'wallet/topup' | 'wallet/bonus' | 'wallet/purchase';
  body: { userId: string; assetCode: string; amount: number; idempotencyKey: string };
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
  send: (operation: Operation) => Promise<Answer | undefined>;
}

const ROUTES = ['wallet/topup', 'wallet/bonus', 'wallet/purchase', 'wallet/purchase'] as const;

/** Callers that behave as the contract asks: a 5xx or no answer is sent again with the same key, until it is answered. */
export async function drive(workload: Workload): Promise<Record[]> {
  const records: Record[] = [];
  const end = monotonicMillis() + workload.millis;
  await Promise.all(
    Array.from({ length: workload.workers }, async () => {
      while (monotonicMillis() < end) {
        const record: Record = { operation: anyOperation(workload), tries: 0, sentAt: monotonicMillis() };
        records.push(record);
        await sendUntilAnswered(record, workload);
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

function anyOperation({ users, assets }: Workload): Operation {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(Math.random() * items.length)] as Item;
  return {
    route: pick(ROUTES),
    body: {
      userId: pick(users),
      assetCode: pick(assets),
      amount: 1 + Math.floor(Math.random() * 20),
      idempotencyKey: randomUUID(),
    },
  };
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

/** Holds what the callers were told against the ledger. */
export async function judge(wallet: TestWallet, records: Record[]): Promise<Verdict> {
  const keys = records.map((record) => record.operation.body.idempotencyKey);
  const posted = await wallet.sql(
    `SELECT t.idempotency_key AS key, count(*)::int AS times, min(t.id::text) AS id, min(e.running_balance)::float8 AS balance
     FROM transactions t JOIN ledger_entries e ON e.transaction_id = t.id AND e.stripe = 0
     WHERE t.idempotency_key = ANY ($1) GROUP BY 1`,
    [keys],
  );
  const ledger = new Map(posted.map((row) => [row.key, row]));
  const keysOf = (which: (record: Record) => boolean): string[] =>
    records.filter(which).map((record) => record.operation.body.idempotencyKey);
  const isTrue = ({ operation, answer }: Record): boolean => {
    const row = ledger.get(operation.body.idempotencyKey);
    return row?.times === 1 && row.id === answer?.body.data.transactionId && row.balance === answer?.body.data.newBalance;
  };
  return {
    operations: records.length,
    acknowledged: records.filter((record) => record.answer?.status === 201).length,
    unanswered: records.filter((record) => record.answer === undefined).length,
    resent: records.filter((record) => record.tries > 1).length,
    lost: keysOf((record) => record.answer?.status === 201 && !isTrue(record)),
    ghosts: keysOf((record) => (record.answer?.status ?? 0) >= 400 && ledger.has(record.operation.body.idempotencyKey)),
    doubled: posted.filter((row) => row.times > 1).map((row) => row.key),
  };
}
