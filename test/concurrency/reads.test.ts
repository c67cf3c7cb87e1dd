import { monotonicMillis } from '../../lib/base/time';
import { discrepancies } from '../support/reconcile';
import { key, openWallet, type TestWallet } from '../support/wallet';
import { drive, judge, prepareWorkload, SIMPLE_KINDS } from '../support/workload';

const USERS = ['seen_a', 'seen_b'];
const ASSETS = ['GOLD_COIN', 'DIAMOND'];
const READERS = 6;
const MILLIS = 2_000;

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await prepareWorkload(wallet, USERS, ASSETS);
});
afterAll(() => wallet.close());

interface Read {
  userId: string;
  from: number;
  to: number;
  balances: { assetCode: string; balance: number }[];
}

async function readAllTheTime(userId: string, until: number): Promise<Read[]> {
  const reads: Read[] = [];
  while (monotonicMillis() < until) {
    const from = monotonicMillis();
    const reply = await wallet.call('wallet/balance', { path: { userId } });
    reads.push({ userId, from, to: monotonicMillis(), balances: reply.body.data.balances });
  }
  return reads;
}

test('each balance read under load was true during the call, and never goes back', async () => {
  const until = monotonicMillis() + MILLIS;
  const readers = Promise.all(
    Array.from({ length: READERS }, (_, reader) => readAllTheTime(USERS[reader % USERS.length] ?? '', until)),
  );
  const records = await drive({
    users: USERS,
    assets: ASSETS,
    workers: 8,
    millis: MILLIS,
    patienceMillis: 20_000,
    // One entry of one user for each key, so that a balance can be told by its operation.
    kinds: SIMPLE_KINDS,
    send: ({ route, body }) => wallet.call(route, { body }),
  });
  const histories = await readers;
  const entries = await wallet.sql(`
    SELECT a.handle, s.code, e.seq::int, e.running_balance::float8 AS balance, t.idempotency_key AS key
    FROM ledger_entries e JOIN transactions t ON t.id = e.transaction_id JOIN accounts a ON a.id = e.account_id
    JOIN asset_types s ON s.id = e.asset_type_id WHERE e.account_id > 0 ORDER BY e.seq`);
  const recordOf = new Map(records.map((record) => [record.operation.key, record]));
  let checked = 0;
  for (const reads of histories) {
    for (const assetCode of ASSETS) {
      const chain = entries.filter((entry) => entry.handle === reads[0]?.userId && entry.code === assetCode);
      const states = [
        { seq: 0, balance: 0, sentAt: 0, answeredAt: 0 },
        ...chain.map((entry) => ({ ...entry, ...recordOf.get(entry.key) })),
      ];
      let position = 0;
      for (const read of reads) {
        // At least what was answered before the call began, at most what was sent before it ended; and never
        // before the last one.
        const first = states.findLastIndex(
          (state) => (state.answeredAt ?? Number.POSITIVE_INFINITY) <= read.from,
        );
        const last = states.findLastIndex((state) => (state.sentAt ?? 0) <= read.to);
        const balance = read.balances.find((row) => row.assetCode === assetCode)?.balance ?? 0;
        const seen = states.findIndex(
          (state, index) => index >= Math.max(first, position) && index <= last && state.balance === balance,
        );
        expect([balance, seen >= 0]).toEqual([balance, true]);
        position = seen;
        checked += 1;
      }
    }
  }
  expect(checked).toBeGreaterThan(20);
  const { lost, ghosts, doubled } = await judge(wallet, records);
  expect({ lost, ghosts, doubled }).toEqual({ lost: [], ghosts: [], doubled: [] });
  expect(await discrepancies(wallet)).toEqual({});
});

test('a reader who polls the history from the newest time shown misses no row under load', async () => {
  const [userId, assetCode] = ['seen_a', 'DIAMOND'];
  const shown = new Map<string, string>();
  let newest = '1970-01-01T00:00:00.000Z';
  const poll = async () => {
    let cursor: string | undefined;
    let first: string | undefined;
    do {
      const query = { assetCode, from: newest, limit: '7', ...(cursor && { cursor }) };
      const { transactions, nextCursor } = (await wallet.call('wallet/history', { path: { userId }, query }))
        .body.data;
      for (const { id, timestamp } of transactions) {
        shown.set(id, timestamp);
      }
      first ??= transactions[0]?.timestamp;
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    newest = first ?? newest;
  };
  let posting = true;
  const post = async () => {
    for (let count = 0; count < 25; count++) {
      const body = { userId, assetCode, amount: 1, idempotencyKey: key() };
      expect((await wallet.call('wallet/topup', { body })).status).toBe(201);
    }
  };
  const posts = Promise.all(Array.from({ length: 8 }, post)).finally(() => {
    posting = false;
  });
  while (posting) {
    await poll();
  }
  await posts;
  await poll();
  const rows = await wallet.sql(
    `SELECT e.transaction_id AS id FROM ledger_entries e JOIN accounts a ON a.id = e.account_id
     JOIN asset_types s ON s.id = e.asset_type_id WHERE a.handle = $1 AND s.code = $2`,
    [userId, assetCode],
  );
  expect(rows.length).toBeGreaterThan(199);
  expect(rows.filter(({ id }) => !shown.has(id))).toEqual([]);
});
