import { homeOf } from '../../lib/ledger/home';
import { key, openAccounts, type TestWallet } from './wallet';

/** What nothing may say any more of the person below. */
export const GONE = /Persephone|persephone|4711 Elm Street|whisper/;
export const person = 'persephone@example.com';
/** A player of the same home: a transfer to them is one row, in place of two. */
export const NEIGHBOUR = (() => {
  for (let tail = 0; ; tail++) {
    if (homeOf(`neighbour_${tail}`) === homeOf(person)) {
      return `neighbour_${tail}`;
    }
  }
})();

const texts = () => ({ idempotencyKey: `persephone ${key()}`, metadata: { note: 'whisper' } });

/** What tests of an erasure ask of a wallet, which is opened later. */
export function erasureCalls(wallet: () => TestWallet) {
  const post = async (kind: 'topup' | 'bonus' | 'purchase', amount: number, assetCode = 'GOLD_COIN') => {
    const body = { userId: person, assetCode, amount, ...texts() };
    return (await wallet().call(`wallet/${kind}`, { body })).body.data;
  };
  const erase = (more: object = {}, userId = person) =>
    wallet().call('admin/erase-account', {
      path: { userId },
      body: { reason: 'ticket 12', idempotencyKey: 'erase persephone', forfeit: true, ...more },
    });

  /** Every row of every table, as text, that still says something. */
  async function left(): Promise<string[]> {
    const tables = await wallet().sql(
      "SELECT format('%I', relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    );
    const rows: string[] = [];
    for (const { name } of tables) {
      const found = await wallet().sql(`SELECT '${name} ' || t::text AS row FROM public.${name} AS t`);
      rows.push(...found.map(({ row }) => row));
    }
    return rows.filter((row) => GONE.test(row));
  }

  /** All that a person can do, each with words of their own. Returns the ids of the transactions. */
  async function live(): Promise<string[]> {
    await openAccounts(wallet(), 'ann', NEIGHBOUR);
    await wallet().call('admin/put-account', {
      path: { userId: person },
      body: { name: 'Persephone Q.', reason: 'lives at 4711 Elm Street' },
    });
    await wallet().call('admin/put-account', { path: { userId: person }, body: { name: 'Persephone R.' } });
    await wallet().call('admin/put-asset', {
      path: { assetCode: 'GEM' },
      body: { name: 'Gems', scale: 2, lots: true, transferable: true },
    });
    await wallet().call('admin/put-asset', {
      path: { assetCode: 'GIFT' },
      body: { name: 'Gifts', scale: 0, transferable: true },
    });
    const ids = [(await post('topup', 100)).transactionId, (await post('topup', 50, 'GEM')).transactionId];
    ids.push((await post('bonus', 20, 'GIFT')).transactionId);
    const bought = await post('purchase', 10);
    const given = await post('bonus', 1);
    const paid = { assetCode: 'GIFT', amount: 3 };
    const sent = { fromUserId: person, toUserId: 'ann', ...paid, ...texts() };
    const got = { fromUserId: 'ann', toUserId: person, ...paid, amount: 1, ...texts() };
    for (const [id, body] of [
      ['wallet/refund', { transactionId: bought.transactionId, amount: 1, ...texts() }],
      [
        'wallet/reversal',
        {
          transactionId: given.transactionId,
          reason: '4711 Elm Street',
          idempotencyKey: `persephone ${key()}`,
        },
      ],
      [
        'wallet/adjustment',
        {
          userId: person,
          ...paid,
          direction: 'credit',
          reason: 'whisper',
          idempotencyKey: `persephone ${key()}`,
        },
      ],
      ['wallet/transfer', sent],
      ['wallet/transfer', { ...sent, toUserId: NEIGHBOUR, amount: 1, ...texts() }],
      ['wallet/transfer', got],
    ] as const) {
      const reply = (await wallet().call(id, { body })).body;
      expect(reply.error).toBeUndefined();
      ids.push(reply.data.transactionId);
    }
    const exchange = { userId: person, from: paid, to: { assetCode: 'GOLD_COIN', amount: 1 }, ...texts() };
    ids.push((await wallet().call('wallet/exchange', { body: exchange })).body.data.from.transactionId);
    const element = { userId: person, assetCode: 'GOLD_COIN', amount: 2 };
    const batch = { transactions: [{ type: 'topup', ...element, ...texts() }] };
    ids.push((await wallet().call('wallet/batch', { body: batch })).body.data.transactions[0].transactionId);
    const place = async () =>
      (
        await wallet().call('holds/place', {
          body: { userId: person, assetCode: 'GEM', amount: 5, ...texts() },
        })
      ).body.data.holdId;
    const captured = { path: { holdId: await place() }, body: { amount: 4, ...texts() } };
    ids.push((await wallet().call('holds/capture', captured)).body.data.transactionId);
    await place();
    expect(ids).not.toContain(undefined);
    return ids;
  }

  return { post, erase, left, live };
}
