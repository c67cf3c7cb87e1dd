import { Client } from 'pg';
import type { RouteId } from '../../functions/routes';
import { homeOf, idOf } from '../../lib/ledger/home';
import { nodeOf } from '../support/nodes';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type Request, type TestWallet } from '../support/wallet';

/** What the coordinator sends to other nodes, as its notices of a session tell it. */
interface Sent {
  text: string;
  /** login@host:port */
  to: string;
}

let wallet: TestWallet;
const sent: Sent[] = [];
/** What begins a session to another node, and what asks it which tables it has. */
const IS_OF_SESSION = /^SET |pg_catalog\.pg_extension|citus_internal/;

beforeAll(async () => {
  wallet = await openWallet({ database: { poolMax: 1 } });
  const { name } = wallet.config.database;
  for (const login of ['wallet_app', 'wallet_reader']) {
    await wallet.sql(`ALTER ROLE ${login} IN DATABASE ${name} SET citus.log_remote_commands = on`);
    await wallet.sql(`ALTER ROLE ${login} IN DATABASE ${name} SET client_min_messages = notice`);
  }
  const connect = Client.prototype.connect;
  jest.spyOn(Client.prototype, 'connect').mockImplementation(function (this: Client, ...given: unknown[]) {
    this.on('notice', ({ message = '', detail = '' }) => {
      const text = /^issuing ([\s\S]*)$/.exec(message)?.[1];
      if (text !== undefined && !IS_OF_SESSION.test(text)) {
        sent.push({ text, to: /on server (\S+)/.exec(detail)?.[1] ?? '' });
      }
    });
    return Reflect.apply(connect, this, given);
  } as never);
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gems', scale: 2, lots: true, transferable: true },
  });
  await openAccounts(wallet, 'ann', 'ben');
  await call('wallet/topup', posting());
  await call('wallet/topup', gems());
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  jest.restoreAllMocks();
  await wallet.close();
});

const posting = (more: object = {}) => ({
  body: { userId: 'ann', assetCode: 'GOLD_COIN', amount: 20, idempotencyKey: key(), ...more },
});
const gems = (more: object = {}) => posting({ assetCode: 'GEM', ...more });
const call = async (id: RouteId, request: Request) => {
  const reply = await wallet.call(id, request);
  expect([id, reply.status < 300 ? 'done' : reply.body]).toEqual([id, 'done']);
  return reply.body.data;
};
/** What a request sends to other nodes. A session begins with the first one, so each is asked twice. */
const sentBy = async (work: () => Promise<unknown>): Promise<Sent[]> => {
  await work();
  sent.length = 0;
  await work();
  return [...sent];
};
const placeOf = async (userId: string, login: string): Promise<string> => {
  const { host, port } = await nodeOf(wallet, homeOf(userId));
  return `${login}@${host}:${port}`;
};
/** A function that goes to no single node works on the others as its owner. */
const OWNER = 'wallet_owner';
const path = { userId: 'ann' };
const purchase = async () => (await call('wallet/purchase', posting({ amount: 2 }))).transactionId;
const hold = async () => (await call('holds/place', posting({ amount: 1 }))).holdId;
const claim = () => ({ idempotencyKey: key() });

test.each<[string, string, () => Promise<() => Promise<unknown>>]>([
  ['a top-up', 'post_transaction', async () => () => call('wallet/topup', posting())],
  ['a bonus', 'post_transaction', async () => () => call('wallet/bonus', posting())],
  ['a purchase', 'post_transaction', async () => () => call('wallet/purchase', posting({ amount: 1 }))],
  ['a top-up of lots', 'post_transaction', async () => () => call('wallet/topup', gems())],
  ['a purchase of lots', 'post_transaction', async () => () => call('wallet/purchase', gems({ amount: 1 }))],
  ['a hold', 'place_hold', async () => hold],
  [
    'a capture',
    'capture_hold',
    async () => {
      const holds = [await hold(), await hold()];
      return () => call('holds/capture', { path: { holdId: holds.pop() }, body: claim() });
    },
  ],
  [
    'a void',
    'void_hold',
    async () => {
      const holds = [await hold(), await hold()];
      return () => call('holds/void', { path: { holdId: holds.pop() }, body: {} });
    },
  ],
  [
    'a refund',
    'undo_transaction',
    async () => {
      const transactionId = await purchase();
      return () => call('wallet/refund', { body: { transactionId, amount: 1, ...claim() } });
    },
  ],
  [
    'a reversal',
    'undo_transaction',
    async () => {
      const credits = [await call('wallet/topup', posting()), await call('wallet/topup', posting())];
      return () => {
        const transactionId = credits.pop()?.transactionId;
        return call('wallet/reversal', { body: { transactionId, reason: 'x', ...claim() } });
      };
    },
  ],
  [
    'an exchange',
    'exchange_assets',
    async () => () =>
      call('wallet/exchange', {
        body: {
          userId: 'ann',
          from: { assetCode: 'GOLD_COIN', amount: 1 },
          to: { assetCode: 'DIAMOND', amount: 1 },
          ...claim(),
        },
      }),
  ],
  [
    'an adjustment',
    'post_adjustment',
    async () => () => call('wallet/adjustment', posting({ amount: 1, direction: 'credit', reason: 'x' })),
  ],
])(
  '%s sends one statement to one node, without a transaction of the coordinator',
  async (_, name, prepare) => {
    const statements = await sentBy(await prepare());
    expect(statements).toEqual([
      { text: expect.stringMatching(`public\\.${name}\\(`), to: await placeOf('ann', 'wallet_app') },
    ]);
  },
);

test.each<[string, string, RouteId, Record<string, string>]>([
  ['a balance', 'read_balances', 'wallet/balance', {}],
  ['a balance of one asset', 'read_balances', 'wallet/balance', { assetCode: 'GEM' }],
  ['a past balance', 'read_balances', 'wallet/balance', { at: '2999-01-01T00:00:00Z' }],
  ['the list of lots', 'read_lots', 'wallet/lots', {}],
  ['a page of the history', 'read_history', 'wallet/history', { limit: '2' }],
])('%s sends one statement to one node', async (_, name, id, query) => {
  const statements = await sentBy(() => call(id, { path, query }));
  expect(statements).toEqual([
    { text: expect.stringMatching(`public\\.${name}\\(`), to: await placeOf('ann', 'wallet_reader') },
  ]);
});

test('a batch sends one call to each home that it has elements for', async () => {
  const batch = () => ({
    body: {
      transactions: ['ann', 'ben', 'ann', 'ben', 'ann'].map((userId) => ({
        type: 'topup',
        ...posting({ userId }).body,
      })),
    },
  });
  const statements = await sentBy(() => call('wallet/batch', batch()));
  const parts = statements.filter(({ text }) => /public\.post_part\(/.test(text));
  const homes = parts.map(({ text }) => Number(/post_part\((\d+)/.exec(text)?.[1]));
  expect(homes.sort()).toEqual([homeOf('ann'), homeOf('ben')].sort());
  expect(statements.filter(({ text }) => /public\.post_(element|transaction)\(/.test(text))).toEqual([]);
});

test('a transfer between homes sends each half as one call to its node', async () => {
  const transfer = () => ({
    body: { fromUserId: 'ann', toUserId: 'ben', assetCode: 'GEM', amount: 1, idempotencyKey: key() },
  });
  const statements = await sentBy(() => call('wallet/transfer', transfer()));
  const halves = statements.filter(({ text }) => !/^(BEGIN|PREPARE|COMMIT)\b|FOR NO KEY UPDATE/.test(text));
  expect(halves).toEqual([
    { text: expect.stringContaining(`post_transaction(${homeOf('ann')},`), to: await placeOf('ann', OWNER) },
    { text: expect.stringContaining(`post_transaction(${homeOf('ben')},`), to: await placeOf('ben', OWNER) },
  ]);
});

test('one key is two requests for players of two homes, and one request within one home', async () => {
  const idempotencyKey = key();
  const first = await call('wallet/topup', posting({ idempotencyKey }));
  const other = await call('wallet/topup', posting({ userId: 'ben', idempotencyKey }));
  expect([first.transactionId, other.transactionId]).toEqual([
    idOf(homeOf('ann'), idempotencyKey),
    idOf(homeOf('ben'), idempotencyKey),
  ]);
  const again = await wallet.call('wallet/topup', posting({ idempotencyKey }));
  expect([again.headers['idempotency-replayed'], again.body.data]).toEqual(['true', first]);
  const another = await wallet.call('wallet/topup', posting({ idempotencyKey, amount: 21 }));
  expect([another.status, another.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
});

test('a login that may not call a function on the coordinator may not call it on another node', async () => {
  const called = (login: string, text: string) => {
    const session = new Client({ ...wallet.admin, user: login, password: login.replace('wallet_', '') });
    return session
      .connect()
      .then(() => session.query('SET default_transaction_isolation = "repeatable read"'))
      .then(() => session.query(text))
      .finally(() => session.end());
  };
  const post = `SELECT public.post_transaction(
    ${homeOf('ann')}, 'TOP_UP', '$treasury', 'ann', 'GOLD_COIN', 1, '${key()}', 'x')`;
  await expect(called('wallet_reader', post)).rejects.toMatchObject({ code: '42501' });
  const [{ open }] = await wallet.sql(
    `SELECT sum(result::integer)::integer AS open FROM run_command_on_all_nodes($command$
       SELECT count(*) FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = 'wallet_owner'::regrole
         AND has_function_privilege('public', p.oid, 'EXECUTE') $command$)`,
  );
  expect(open).toBe(0);
});
