import { type RouteId, routeList, type routes } from '../../functions/routes';
import { FIRST_CURSOR } from '../../lib/contract/events';
import { onSeveralNodes } from '../support/citus';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type Reply, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
const usedKey = key();
/** What the requests below are about; `resolved` are holds of an account that is closed since. */
const known = {
  purchase: '',
  topup: '',
  reversed: '',
  held: '',
  captured: '',
  voided: '',
  expired: '',
  uncovered: '',
  ofLots: { topup: '', purchase: '' },
  ofFrozen: { topup: '', held: '' },
  ofClosed: { topup: '', purchase: '', voided: '' },
  ofRich: { purchase: '' },
  ofDebtor: { topup: '' },
};
const NOTHING = '00000000-0000-7000-8000-000000000000';
/** The largest balance of an asset with two decimals is one cent below this. */
const LIMIT = 10_000_000_000_000;

type Send = (fields: object) => Promise<Reply>;

const posting = (fields: object) => ({
  userId: 'ann',
  assetCode: 'GOLD_COIN',
  amount: 1,
  idempotencyKey: key(),
  ...fields,
});
const sender =
  (id: RouteId): Send =>
  (fields) =>
    wallet.call(id, { body: posting(fields) });
const topup = sender('wallet/topup');
const purchase = sender('wallet/purchase');
const place = sender('holds/place');
const about =
  (id: 'wallet/refund' | 'wallet/reversal'): Send =>
  (fields) =>
    wallet.call(id, {
      body: { idempotencyKey: key(), ...(id === 'wallet/reversal' && { reason: 'test' }), ...fields },
    });
const refund = about('wallet/refund');
const reverse = about('wallet/reversal');
const capture = (holdId: string, fields: object = {}) =>
  wallet.call('holds/capture', { path: { holdId }, body: { idempotencyKey: key(), ...fields } });
const adjust: Send = (fields) =>
  wallet.call('wallet/adjustment', { body: posting({ direction: 'debit', reason: 'test', ...fields }) });
const exchange: Send = (fields) =>
  wallet.call('wallet/exchange', {
    body: {
      userId: 'ann',
      from: { assetCode: 'GOLD_COIN', amount: 1 },
      to: { assetCode: 'DIAMOND', amount: 1 },
      idempotencyKey: key(),
      ...fields,
    },
  });
const giftOf = (fields: object) => ({
  fromUserId: 'ann',
  toUserId: 'bob',
  assetCode: 'GIFT',
  amount: 1,
  idempotencyKey: key(),
  ...fields,
});
const transfer: Send = (fields) => wallet.call('wallet/transfer', { body: giftOf(fields) });
const transferInBatch: Send = (fields) =>
  wallet.call('wallet/batch', { body: { transactions: [{ type: 'transfer', ...giftOf(fields) }] } });
const erase = (userId: string, idempotencyKey = key()) =>
  wallet.call('admin/erase-account', { path: { userId }, body: { reason: 'test', idempotencyKey } });
const setStatus = (userId: string, status: string) =>
  wallet.call('admin/set-account-status', { path: { userId }, body: { status } });

async function made(reply: Promise<Reply>): Promise<string> {
  const { transactionId, holdId } = (await reply).body.data;
  return holdId ?? transactionId;
}

beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ann', 'bob', 'frozen', 'closed', 'rich', 'debtor', 'overdrawn');
  await openAccounts(wallet, 'shut');
  await setStatus('shut', 'closed');
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 2, transferable: true },
  });
  await topup({ idempotencyKey: usedKey, amount: 7 });
  await topup({ amount: 100, assetCode: 'GIFT' });
  known.topup = await made(topup({ amount: 100 }));
  known.reversed = await made(topup({}));
  await reverse({ transactionId: known.reversed });
  known.purchase = await made(purchase({}));
  known.held = await made(place({}));
  known.captured = await made(place({}));
  await capture(known.captured);
  known.voided = await made(place({}));
  await wallet.call('holds/void', { path: { holdId: known.voided } });
  known.expired = await made(place({}));
  await wallet.sql("UPDATE holds SET expires_at = now() - interval '1 minute' WHERE id = $1", [
    known.expired,
  ]);
  await makeLots();
  await makeFrozen();
  await makeClosed();
  await makeRich();
  await makeIndebted();
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await wallet.close();
});

/**
 * An asset with lots, whose paid credits do not expire; `collector` has as many lots of it as there may be.
 */
async function makeLots() {
  for (const assetCode of ['GEM', 'PEARL']) {
    await wallet.call('admin/put-asset', {
      path: { assetCode },
      body: { name: 'Gems', scale: 2, transferable: true, lots: true, paidExpires: assetCode === 'PEARL' },
    });
  }
  known.ofLots.topup = await made(topup({ assetCode: 'GEM', amount: 10 }));
  await openAccounts(wallet, 'collector');
  await topup({ userId: 'collector', amount: 10 });
  known.ofLots.purchase = await made(
    topup({ userId: 'collector', assetCode: 'GEM', source: 'refunded' }),
  ).then(() => made(purchase({ userId: 'collector', assetCode: 'GEM' })));
  const sources = Array.from({ length: 256 }, (_, index) => `shop-${index}`);
  const credits = sources.map((source) => ({
    type: 'topup',
    ...posting({ userId: 'collector', assetCode: 'GEM', source }),
  }));
  await wallet.call('wallet/batch', { body: { transactions: credits } });
}

async function makeFrozen() {
  known.ofFrozen.topup = await made(topup({ userId: 'frozen', amount: 5 }));
  known.ofFrozen.held = await made(place({ userId: 'frozen' }));
  await topup({ userId: 'frozen', assetCode: 'GIFT' });
  await setStatus('frozen', 'frozen');
}

async function makeClosed() {
  known.ofClosed.topup = await made(topup({ userId: 'closed', amount: 5 }));
  known.ofClosed.voided = await made(place({ userId: 'closed' }));
  await wallet.call('holds/void', { path: { holdId: known.ofClosed.voided } });
  known.ofClosed.purchase = await made(purchase({ userId: 'closed', amount: 5 }));
  await setStatus('closed', 'closed');
}

/** A cent below the limit in each asset. */
async function makeRich() {
  await topup({ userId: 'rich' });
  known.ofRich.purchase = await made(purchase({ userId: 'rich' }));
  for (const assetCode of ['GOLD_COIN', 'DIAMOND', 'GIFT']) {
    await topup({ userId: 'rich', assetCode, amount: LIMIT - 0.01 });
  }
}

/** One owes nearly as much as an account may, the other has a hold that its balance no longer covers. */
async function makeIndebted() {
  const large = [];
  for (const amount of [LIMIT - 1, 1]) {
    large.push(await made(topup({ userId: 'debtor', amount })));
    await purchase({ userId: 'debtor', amount });
  }
  await reverse({ transactionId: large[0], onInsufficientFunds: 'allow-negative' });
  known.ofDebtor.topup = large[1] ?? '';
  const transactionId = await made(topup({ userId: 'overdrawn' }));
  known.uncovered = await made(place({ userId: 'overdrawn' }));
  await reverse({ transactionId, onInsufficientFunds: 'allow-negative' });
}

const credits = (send: Send) => ({
  USER_NOT_FOUND: () => send({ userId: 'nobody' }),
  ASSET_NOT_FOUND: () => send({ assetCode: 'NOTHING' }),
  IDEMPOTENCY_KEY_REUSED: () => send({ idempotencyKey: usedKey }),
  ACCOUNT_CLOSED: () => send({ userId: 'closed' }),
  ASSET_WITHOUT_LOTS: () => send({ source: 'shop' }),
  AMOUNT_PRECISION: () => send({ amount: 0.001 }),
  PAID_CREDITS_DO_NOT_EXPIRE: () => send({ assetCode: 'GEM', origin: 'paid', expiresInSeconds: 60 }),
  BALANCE_LIMIT_EXCEEDED: () => send({ userId: 'rich' }),
  TOO_MANY_LOTS: () => send({ userId: 'collector', assetCode: 'GEM', source: 'one-more' }),
});
const debits = (send: Send) => ({
  USER_NOT_FOUND: () => send({ userId: 'nobody' }),
  ASSET_NOT_FOUND: () => send({ assetCode: 'NOTHING' }),
  IDEMPOTENCY_KEY_REUSED: () => send({ idempotencyKey: usedKey }),
  ACCOUNT_FROZEN: () => send({ userId: 'frozen' }),
  ACCOUNT_CLOSED: () => send({ userId: 'closed' }),
  ASSET_WITHOUT_LOTS: () => send({ only: { origin: 'paid' } }),
  AMOUNT_PRECISION: () => send({ amount: 0.001 }),
  INSUFFICIENT_FUNDS: () => send({ amount: 1_000 }),
});
const transfers = (send: Send) => ({
  USER_NOT_FOUND: () => send({ toUserId: 'nobody' }),
  ASSET_NOT_FOUND: () => send({ assetCode: 'NOTHING' }),
  IDEMPOTENCY_KEY_REUSED: () => send({ idempotencyKey: usedKey }),
  ACCOUNT_FROZEN: () => send({ fromUserId: 'frozen' }),
  ACCOUNT_CLOSED: () => send({ toUserId: 'closed' }),
  ASSET_NOT_TRANSFERABLE: () => send({ assetCode: 'GOLD_COIN' }),
  ASSET_WITHOUT_LOTS: () => send({ only: { origin: 'paid' } }),
  AMOUNT_PRECISION: () => send({ amount: 0.001 }),
  SAME_ACCOUNT: () => send({ toUserId: 'ann' }),
  INSUFFICIENT_FUNDS: () => send({ amount: 1_000 }),
  BALANCE_LIMIT_EXCEEDED: () => send({ toUserId: 'rich' }),
  TOO_MANY_LOTS: () => send({ toUserId: 'collector', assetCode: 'GEM' }),
});
const gold = (amount: number, assetCode = 'GOLD_COIN') => ({ from: { assetCode, amount } });

/** A request for each code that a route declares. The type asks for all of them. */
const REFUSALS: { [Id in RouteId]: Record<(typeof routes)[Id]['refuses'][number], () => Promise<Reply>> } = {
  'wallet/topup': credits(topup),
  'wallet/bonus': credits(sender('wallet/bonus')),
  'wallet/purchase': debits(purchase),
  'wallet/transfer': transfers(transfer),
  'wallet/batch': {
    ...transfers(transferInBatch),
    PAID_CREDITS_DO_NOT_EXPIRE: () =>
      wallet.call('wallet/batch', {
        body: { transactions: [{ type: 'topup', ...posting({ assetCode: 'GEM', expiresInSeconds: 60 }) }] },
      }),
  },
  'wallet/adjustment': {
    USER_NOT_FOUND: () => adjust({ userId: 'nobody' }),
    ASSET_NOT_FOUND: () => adjust({ assetCode: 'NOTHING' }),
    TRANSACTION_NOT_FOUND: () => adjust({ transactionId: known.ofFrozen.topup }),
    IDEMPOTENCY_KEY_REUSED: () => adjust({ idempotencyKey: usedKey }),
    ACCOUNT_CLOSED: () => adjust({ userId: 'closed' }),
    ASSET_WITHOUT_LOTS: () => adjust({ lotId: NOTHING }),
    AMOUNT_PRECISION: () => adjust({ amount: 0.001 }),
    PAID_CREDITS_DO_NOT_EXPIRE: () =>
      adjust({ assetCode: 'GEM', direction: 'credit', origin: 'paid', expiresInSeconds: 60 }),
    INSUFFICIENT_FUNDS: () => adjust({ amount: 1_000 }),
    BALANCE_LIMIT_EXCEEDED: () => adjust({ userId: 'rich', direction: 'credit' }),
    TOO_MANY_LOTS: () =>
      adjust({ userId: 'collector', assetCode: 'GEM', direction: 'credit', source: 'one-more' }),
  },
  'wallet/exchange': {
    ...debits(exchange),
    ASSET_NOT_FOUND: () => exchange(gold(1, 'NOTHING')),
    ASSET_WITHOUT_LOTS: () =>
      exchange({ from: { assetCode: 'GOLD_COIN', amount: 1, only: { origin: 'paid' } } }),
    AMOUNT_PRECISION: () => exchange(gold(0.001)),
    PAID_CREDITS_DO_NOT_EXPIRE: () =>
      exchange({ to: { assetCode: 'GEM', amount: 1, origin: 'paid', expiresInSeconds: 60 } }),
    INSUFFICIENT_FUNDS: () => exchange(gold(1_000)),
    BALANCE_LIMIT_EXCEEDED: () => exchange({ userId: 'rich' }),
    TOO_MANY_LOTS: () =>
      exchange({ userId: 'collector', to: { assetCode: 'GEM', amount: 1, source: 'one-more' } }),
  },
  'wallet/refund': {
    TRANSACTION_NOT_FOUND: () => refund({ transactionId: NOTHING }),
    IDEMPOTENCY_KEY_REUSED: () => refund({ transactionId: known.purchase, idempotencyKey: usedKey }),
    // To give a top-up back would debit its user, and the state of an account is decided before
    // NOT_REFUNDABLE.
    ACCOUNT_FROZEN: () => refund({ transactionId: known.ofFrozen.topup }),
    ACCOUNT_CLOSED: () => refund({ transactionId: known.ofClosed.purchase }),
    AMOUNT_PRECISION: () => refund({ transactionId: known.purchase, amount: 0.001 }),
    NOT_REFUNDABLE: () => refund({ transactionId: known.topup }),
    REFUND_EXCEEDS_ORIGINAL: () => refund({ transactionId: known.purchase, amount: 2 }),
    BALANCE_LIMIT_EXCEEDED: () => refund({ transactionId: known.ofRich.purchase }),
    TOO_MANY_LOTS: () => refund({ transactionId: known.ofLots.purchase }),
  },
  'wallet/reversal': {
    TRANSACTION_NOT_FOUND: () => reverse({ transactionId: NOTHING }),
    IDEMPOTENCY_KEY_REUSED: () => reverse({ transactionId: known.topup, idempotencyKey: usedKey }),
    ACCOUNT_FROZEN: () => reverse({ transactionId: known.ofFrozen.topup }),
    ACCOUNT_CLOSED: () => reverse({ transactionId: known.ofClosed.topup }),
    ASSET_WITHOUT_LOTS: () => reverse({ transactionId: known.topup, amount: 1 }),
    AMOUNT_PRECISION: () => reverse({ transactionId: known.ofLots.topup, amount: 0.001 }),
    NOT_REVERSIBLE: () => reverse({ transactionId: known.purchase }),
    ALREADY_REVERSED: () => reverse({ transactionId: known.reversed }),
    REFUND_EXCEEDS_ORIGINAL: () => reverse({ transactionId: known.ofLots.topup, amount: 11 }),
    INSUFFICIENT_FUNDS: () => reverse({ transactionId: known.ofDebtor.topup }),
    BALANCE_LIMIT_EXCEEDED: () =>
      reverse({ transactionId: known.ofDebtor.topup, onInsufficientFunds: 'allow-negative' }),
  },
  'wallet/balance': {
    USER_NOT_FOUND: () => wallet.call('wallet/balance', { path: { userId: 'nobody' } }),
    ASSET_NOT_FOUND: () =>
      wallet.call('wallet/balance', { path: { userId: 'ann' }, query: { assetCode: 'NOTHING' } }),
  },
  'wallet/lots': {
    USER_NOT_FOUND: () => wallet.call('wallet/lots', { path: { userId: 'nobody' } }),
    ASSET_NOT_FOUND: () =>
      wallet.call('wallet/lots', { path: { userId: 'ann' }, query: { assetCode: 'NOTHING' } }),
  },
  'wallet/history': {
    USER_NOT_FOUND: () => wallet.call('wallet/history', { path: { userId: 'nobody' } }),
    ASSET_NOT_FOUND: () =>
      wallet.call('wallet/history', { path: { userId: 'ann' }, query: { assetCode: 'NOTHING' } }),
  },
  'holds/place': debits(place),
  'holds/capture': {
    HOLD_NOT_FOUND: () => capture(NOTHING),
    IDEMPOTENCY_KEY_REUSED: () => capture(known.held, { idempotencyKey: usedKey }),
    ACCOUNT_FROZEN: () => capture(known.ofFrozen.held),
    ACCOUNT_CLOSED: () => capture(known.ofClosed.voided),
    AMOUNT_PRECISION: () => capture(known.held, { amount: 0.001 }),
    HOLD_CAPTURED: () => capture(known.captured),
    HOLD_VOIDED: () => capture(known.voided),
    HOLD_EXPIRED: () => capture(known.expired),
    CAPTURE_EXCEEDS_HOLD: () => capture(known.held, { amount: 2 }),
    INSUFFICIENT_FUNDS: () => capture(known.uncovered),
  },
  'holds/void': {
    HOLD_NOT_FOUND: () => wallet.call('holds/void', { path: { holdId: NOTHING } }),
    HOLD_CAPTURED: () => wallet.call('holds/void', { path: { holdId: known.captured } }),
    HOLD_EXPIRED: () => wallet.call('holds/void', { path: { holdId: known.expired } }),
  },
  'holds/list': {
    USER_NOT_FOUND: () => wallet.call('holds/list', { path: { userId: 'nobody' } }),
    ASSET_NOT_FOUND: () =>
      wallet.call('holds/list', { path: { userId: 'ann' }, query: { assetCode: 'NOTHING' } }),
  },
  'holds/get': { HOLD_NOT_FOUND: () => wallet.call('holds/get', { path: { holdId: NOTHING } }) },
  'admin/put-account': {},
  'admin/get-account': {
    USER_NOT_FOUND: () => wallet.call('admin/get-account', { path: { userId: 'nobody' } }),
  },
  'admin/set-account-status': {
    USER_NOT_FOUND: () => setStatus('nobody', 'frozen'),
    ACCOUNT_CLOSED: () => setStatus('shut', 'frozen'),
    ACCOUNT_NOT_EMPTY: () => setStatus('ann', 'closed'),
  },
  'admin/erase-account': {
    USER_NOT_FOUND: () => erase('nobody'),
    IDEMPOTENCY_KEY_REUSED: () => erase('ann', usedKey),
    ACCOUNT_NOT_EMPTY: () => erase('ann'),
  },
  'admin/list-acts': { USER_NOT_FOUND: () => wallet.call('admin/list-acts', { path: { userId: 'nobody' } }) },
  'admin/put-asset': {
    ASSET_SCALE_FIXED: () =>
      wallet.call('admin/put-asset', {
        path: { assetCode: 'GIFT' },
        body: { name: 'Gifts', scale: 3, transferable: true },
      }),
    ASSET_LOTS_FIXED: () =>
      wallet.call('admin/put-asset', {
        path: { assetCode: 'GIFT' },
        body: { name: 'Gifts', scale: 2, lots: true },
      }),
    ASSET_WITHOUT_LOTS: () =>
      wallet.call('admin/put-asset', {
        path: { assetCode: 'GIFT' },
        body: { name: 'Gifts', scale: 2, burnOrder: 'free-first' },
      }),
  },
  'admin/list-assets': {},
  'admin/get-transaction': {
    TRANSACTION_NOT_FOUND: () => wallet.call('admin/get-transaction', { path: { transactionId: NOTHING } }),
  },
  'admin/find-claim': {
    TRANSACTION_NOT_FOUND: () => wallet.call('admin/find-claim', { query: { idempotencyKey: 'free' } }),
  },
  'admin/get-group': {
    GROUP_NOT_FOUND: () => wallet.call('admin/get-group', { path: { groupId: NOTHING } }),
  },
  'admin/open-accounts': {},
  'admin/list-accounts': {},
  'admin/trial-balance': {},
  'admin/statement': {
    ASSET_NOT_FOUND: () =>
      wallet.call('admin/statement', {
        query: { from: '2024-02-01T00:00:00Z', to: '2024-03-01T00:00:00Z', assetCode: 'NOTHING' },
      }),
  },
  'admin/reconciliation': {},
  'events/list': { NOT_ON_SEVERAL_NODES: () => wallet.call('events/list') },
  'proofs/list': { NOT_ON_SEVERAL_NODES: () => wallet.call('proofs/list') },
  'proofs/get': {
    TRANSACTION_NOT_FOUND: () => wallet.call('proofs/get', { path: { transactionId: NOTHING } }),
    PROOF_PENDING: () => wallet.call('proofs/get', { path: { transactionId: known.topup } }),
    NOT_ON_SEVERAL_NODES: () => wallet.call('proofs/get', { path: { transactionId: known.topup } }),
  },
  'proofs/consistency': {
    PROOF_PENDING: () => wallet.call('proofs/consistency', { path: { number: '2' }, query: { since: '1' } }),
    NOT_ON_SEVERAL_NODES: () =>
      wallet.call('proofs/consistency', { path: { number: '2' }, query: { since: '1' } }),
  },
  'subscribers/put': {
    NOT_ON_SEVERAL_NODES: () =>
      wallet.call('subscribers/put', {
        path: { name: 'none' },
        body: { kind: 'webhook', url: 'https://none.example' },
      }),
  },
  'subscribers/list': {},
  'subscribers/delete': {
    SUBSCRIBER_NOT_FOUND: () => wallet.call('subscribers/delete', { path: { name: 'none' } }),
  },
  'subscribers/replay': {
    SUBSCRIBER_NOT_FOUND: () =>
      wallet.call('subscribers/replay', { path: { name: 'none' }, body: { after: FIRST_CURSOR } }),
  },
  'subscribers/deliveries': {
    SUBSCRIBER_NOT_FOUND: () => wallet.call('subscribers/deliveries', { path: { name: 'none' } }),
  },
  'system/health': {},
};

/** What no request meets here: on one node that there are several, on several that a proof is pending. */
const neverMet = (code: string) =>
  onSeveralNodes ? code === 'PROOF_PENDING' : code === 'NOT_ON_SEVERAL_NODES';
const declared = routeList.flatMap(({ id, refuses }) =>
  refuses.filter((code) => !neverMet(code)).map((code) => [id, code] as const),
);

test.each(declared)('the endpoint %s can answer %s, as its route declares', async (id, code) => {
  const request = (REFUSALS[id] as Record<string, (() => Promise<Reply>) | undefined>)[code];
  const reply = await request?.();
  expect(reply?.body.error).toMatchObject({ code });
});
