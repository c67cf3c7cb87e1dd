import { discrepancies } from '../support/reconcile';
import {
  ISOLATION_LEVELS,
  key,
  openAccounts,
  openWallet,
  type Reply,
  type TestWallet,
} from '../support/wallet';

const WORKERS = 64;

describe.each(ISOLATION_LEVELS)('%s transactions', (isolation) => {
  let wallet: TestWallet;
  beforeAll(async () => {
    wallet = await openWallet({ isolation });
  });
  afterEach(async () => {
    expect(await discrepancies(wallet)).toEqual({});
  });
  afterAll(() => wallet.close());

  const topup = (userId: string, amount: number | string, idempotencyKey = key()) =>
    wallet.call('wallet/topup', { body: { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey } });
  const purchase = (userId: string, amount: number | string, idempotencyKey = key()) =>
    wallet.call('wallet/purchase', { body: { userId, assetCode: 'GOLD_COIN', amount, idempotencyKey } });
  const together = <Made>(make: (worker: number) => Promise<Made>, workers = WORKERS) =>
    Promise.all(Array.from({ length: workers }, (_, worker) => make(worker)));
  const balanceOf = async (userId: string) =>
    (await wallet.call('wallet/balance', { path: { userId } })).body.data.balances[0]?.balance ?? 0;
  const count = (replies: Reply[], status: number) =>
    replies.filter((reply) => reply.status === status).length;

  test('64 workers spend one balance: exactly what it covers is sold, and it stays above zero', async () => {
    await openAccounts(wallet, 'spender');
    await topup('spender', 20);
    const replies = await together(() => purchase('spender', 1));
    expect(count(replies, 201)).toBe(20);
    expect(replies.filter((reply) => reply.status !== 201).map((reply) => reply.body.error.code)).toEqual(
      Array(44).fill('INSUFFICIENT_FUNDS'),
    );
    expect(await balanceOf('spender')).toBe(0);
  });

  test('64 workers credit one user: no update is lost', async () => {
    await openAccounts(wallet, 'lucky');
    const replies = await together((worker) => topup('lucky', `${worker + 1}.01`));
    expect(count(replies, 201)).toBe(WORKERS);
    expect(await balanceOf('lucky')).toBe(2080.64);
    expect(new Set(replies.map((reply) => reply.body.data.newBalance)).size).toBe(WORKERS);
  });

  test('64 copies of one request post once, and all get the same answer', async () => {
    await openAccounts(wallet, 'echo');
    const once = key();
    const replies = await together(() => topup('echo', 7, once));
    expect(new Set(replies.map((reply) => JSON.stringify(reply.body))).size).toBe(1);
    expect(replies.filter((reply) => reply.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect(await balanceOf('echo')).toBe(7);
  });

  test('64 different requests use one key: one posts, and the others are refused', async () => {
    await openAccounts(wallet, 'clash');
    const once = key();
    const replies = await together((worker) => topup('clash', worker + 1, once));
    expect(count(replies, 201)).toBe(1);
    expect(count(replies, 422)).toBe(WORKERS - 1);
    const posted = replies.find((reply) => reply.status === 201);
    expect(await balanceOf('clash')).toBe(posted?.body.data.amount);
  });

  test('when an account closes during its first credit, only one of the two succeeds', async () => {
    const users = Array.from({ length: WORKERS }, (_, worker) => `closing_${worker}`);
    await openAccounts(wallet, ...users);
    const close = (userId: string) =>
      wallet.call('admin/set-account-status', { path: { userId }, body: { status: 'closed' } });
    const met = await together(async (worker) => {
      const userId = users[worker] ?? '';
      const [closed, paid] = await Promise.all([close(userId), topup(userId, 1)]);
      return `${closed.body.error?.code ?? 'closed'}, ${paid.body.error?.code ?? 'paid'}`;
    });
    const possible = ['closed, ACCOUNT_CLOSED', 'ACCOUNT_NOT_EMPTY, paid'];
    expect(met.filter((outcome) => !possible.includes(outcome))).toEqual([]);
  });

  test('once a freeze is confirmed, neither old nor new balances of the account spend', async () => {
    await openAccounts(wallet, 'cheat');
    await topup('cheat', 1_000);
    let told = false;
    const late: Reply[] = [];
    const freeze = async () => {
      const reply = await wallet.call('admin/set-account-status', {
        path: { userId: 'cheat' },
        body: { status: 'frozen' },
      });
      told = true;
      return reply;
    };
    const spend = async () => {
      for (let after = 0; after < 2; ) {
        const isLate = told;
        const reply = await purchase('cheat', 1);
        if (isLate) {
          late.push(reply);
          after += 1;
        }
      }
    };
    const open = (assetCode: string) =>
      wallet.call('wallet/topup', { body: { userId: 'cheat', assetCode, amount: 1, idempotencyKey: key() } });
    const [reply] = await Promise.all([
      freeze(),
      open('DIAMOND'),
      open('LOYALTY_POINT'),
      together(spend, 16),
    ]);
    expect(reply.status).toBe(200);
    expect(late.map((one) => one.body.error?.code)).toEqual(Array(32).fill('ACCOUNT_FROZEN'));
  });

  test('64 workers spend while the balance expires: sold, expired and left add up', async () => {
    await wallet.call('admin/put-asset', {
      path: { assetCode: 'GEM' },
      body: { name: 'Gems', scale: 2, lots: true },
    });
    await openAccounts(wallet, 'melting');
    const credit = (more: object) =>
      wallet.call('wallet/bonus', {
        body: { userId: 'melting', assetCode: 'GEM', amount: 50_000, idempotencyKey: key(), ...more },
      });
    await Promise.all([{}, { expiresInSeconds: 1 }, { expiresInSeconds: 2 }].map(credit));
    let isOver = false;
    const spend = async () => {
      let spent = 0;
      while (!isOver) {
        const body = { userId: 'melting', assetCode: 'GEM', amount: 1, idempotencyKey: key() };
        spent += (await wallet.call('wallet/purchase', { body })).status === 201 ? 1 : 0;
      }
      return spent;
    };
    const sold = together(spend);
    const call = { deadline: Number.POSITIVE_INFINITY, retries: [] };
    // Both expire while others buy; more of it than could be sold until then.
    while (!isOver) {
      await wallet.app.ledger.expireLots(10, call);
      isOver = (await wallet.sql('SELECT FROM balances WHERE next_expiry IS NOT NULL')).length === 0;
    }
    const spent = (await sold).reduce((sum, some) => sum + some, 0);
    const [{ expired }] = await wallet.sql(
      "SELECT coalesce(sum(amount), 0)::float8 AS expired FROM journal WHERE kind = 'EXPIRY'",
    );
    const path = { userId: 'melting' };
    const left = (await wallet.call('wallet/balance', { path })).body.data.balances[0].balance;
    expect(spent + expired + left).toBe(150_000);
    expect(expired).toBeGreaterThan(0);
  });

  test('mixed postings of few users reconcile, and end as a model predicts', async () => {
    const users = ['mix_a', 'mix_b', 'mix_c'];
    await openAccounts(wallet, ...users);
    const model = new Map(users.map((user) => [user, 0]));
    const used: [string, number, string][] = [];
    const step = async (worker: number, round: number): Promise<Reply> => {
      const user = users[(worker + round) % users.length] ?? '';
      const amount = ((worker * 7 + round * 3) % 20) + 1;
      const once = key();
      const credits = (worker + round) % 3 !== 0;
      const reply = await (credits ? topup : purchase)(user, amount, once);
      if (reply.status !== 201) {
        expect(reply.body.error.code).toBe('INSUFFICIENT_FUNDS');
        return reply;
      }
      model.set(user, (model.get(user) ?? 0) + (credits ? amount : -amount));
      if (credits) {
        used.push([user, amount, once]);
      }
      return reply;
    };
    for (let round = 0; round < 6; round++) {
      await together((worker) => step(worker, round));
    }
    for (const [user, amount, once] of used.slice(0, 40)) {
      expect((await topup(user, amount, once)).headers['idempotency-replayed']).toBe('true');
    }
    for (const user of users) {
      expect(await balanceOf(user)).toBe(model.get(user));
    }
  });
});
