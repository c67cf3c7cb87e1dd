import { WalletClient } from '../../client/src';
import { settled } from '../support/follower';
import { listening } from '../support/gateway';
import { openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let client: WalletClient;
let start: string;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  gateway = await listening(wallet);
  client = new WalletClient({ baseUrl: gateway.url });
  await openAccounts(wallet, 'ada');
  await settled(wallet);
  for await (const { sequence } of client.events.list()) {
    start = sequence;
  }
  for (const amount of [5, 4, 3, 2, 1]) {
    await client.topup({ userId: 'ada', assetCode: 'GOLD_COIN', amount });
  }
  for (const amount of [1, 2, 3]) {
    await client.holds.place({ userId: 'ada', assetCode: 'GOLD_COIN', amount });
  }
});
afterAll(async () => {
  await gateway.close();
  await wallet.close();
});

async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) {
    items.push(item);
  }
  return items;
}

test('awaiting a list gives its first page', async () => {
  const page = await client.history('ada', { limit: 2 });
  expect(page.transactions.map(({ amount }) => amount)).toEqual([1, 2]);
  expect(page.nextCursor).toEqual(expect.any(String));
  expect((await client.history('ada', { limit: 2 }).withResponse()).status).toBe(200);
});

test.each([1, 2, 3, 5, 50])('for await reads a whole history in pages of %d', async (limit) => {
  const rows = await all(client.history('ada', { limit }));
  expect(rows.map(({ amount }) => amount)).toEqual([1, 2, 3, 4, 5]);
});

test('an offset skips rows once, not on each page', async () => {
  const rows = await all(client.history('ada', { limit: 2, offset: 1 }));
  expect(rows.map(({ amount }) => amount)).toEqual([2, 3, 4, 5]);
});

test('holds, accounts and acts are read page by page in the same way', async () => {
  expect((await all(client.holds.list('ada', { limit: 1 }))).map(({ amount }) => amount)).toEqual([3, 2, 1]);
  const accounts = await all(client.accounts.list({ limit: 1 }));
  expect(accounts.map(({ userId }) => userId).sort()).toEqual(['ada', 'user_001', 'user_002']);
  expect((await all(client.accounts.listActs('ada', { limit: 1 }))).map(({ act }) => act)).toEqual([
    'OPENED',
  ]);
});

test('pages() gives the replies one by one', async () => {
  const pages = await all(client.history('ada', { limit: 2 }).pages());
  expect(pages.map(({ transactions }) => transactions.length)).toEqual([2, 2, 1]);
});

test('reading a list rejects when the service refuses a page', async () => {
  await expect(all(client.history('nobody'))).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
});

test('reading events ends when there are no more', async () => {
  await settled(wallet);
  const events = await all(client.events.list({ after: start, limit: 3 }));
  expect(events.map(({ type }) => type)).toEqual([
    ...Array(5).fill('wallet.transaction.posted'),
    ...Array(3).fill('wallet.hold.placed'),
  ]);
  expect(await all(client.events.list({ after: events.at(-1)?.sequence ?? '' }))).toEqual([]);
});

test('with waitSeconds, reading events goes on until the signal is aborted', async () => {
  await settled(wallet);
  const [last] = (await all(client.events.list({ after: start }))).slice(-1);
  const stop = new AbortController();
  const names: string[] = [];
  const follow = async () => {
    const query = { after: last?.sequence ?? '', waitSeconds: 1 };
    for await (const event of client.events.list(query, { signal: stop.signal })) {
      names.push(event.subject ?? '');
      if (names.length === 1) {
        await client.accounts.put('cyd', {});
      } else {
        stop.abort(new Error('enough'));
      }
    }
  };
  const followed = follow();
  await client.accounts.put('bea', {});
  await expect(followed).rejects.toThrow('enough');
  expect(names).toEqual(['bea', 'cyd']);
});
