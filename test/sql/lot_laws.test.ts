import { withAdmin } from '../../lib/db/migrate';
import { homeOf } from '../../lib/ledger/home';
import { onSeveralNodes } from '../support/citus';
import { type Clock, standClock } from '../support/clock';
import { nodeOf } from '../support/nodes';
import { discrepancies } from '../support/reconcile';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let clock: Clock;
beforeAll(async () => {
  wallet = await openWallet();
  clock = await standClock(wallet);
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gems', scale: 2, lots: true },
  });
  await openAccounts(wallet, 'ann');
  // Of an asset without lots, and the one credit of this amount.
  const diamonds = { userId: 'ann', assetCode: 'DIAMOND', amount: 1, idempotencyKey: key() };
  await wallet.call('wallet/topup', { body: diamonds });
  const send = (id: 'topup' | 'bonus' | 'purchase', amount: number, more: object = {}) =>
    wallet.call(`wallet/${id}`, {
      body: { userId: 'ann', assetCode: 'GEM', amount, idempotencyKey: key(), ...more },
    });
  await send('topup', 100, { source: 'shop', cost: { amount: '10', currency: 'EUR' } });
  await send('bonus', 50, { expiresInSeconds: 60 });
  await send('bonus', 9, { expiresInSeconds: 600 });
  const { transactionId } = (await send('purchase', 60, { only: { origin: 'paid' } })).body.data;
  await wallet.call('wallet/refund', { body: { transactionId, amount: 20, idempotencyKey: key() } });
  const hold = { userId: 'ann', assetCode: 'GEM', amount: 4, idempotencyKey: key() };
  await wallet.call('holds/place', { body: hold });
  await clock.advance(60);
  await send('purchase', 1);
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await wallet.close();
});

const verify = async () => (await wallet.sql('SELECT (verify_ledger(NULL)).discrepancies AS found'))[0].found;
/** What is found of a damage, which is taken back then. */
const whileDamaged = async (damage: string) => {
  if (onSeveralNodes) {
    return whileShardsAreDamaged(damage);
  }
  await wallet.sql('BEGIN');
  try {
    await wallet.sql(damage);
    return await verify();
  } finally {
    await wallet.sql('ROLLBACK');
  }
};
/** The same for the tables that have the rows of ann on her node. Other sessions see them once they are committed. */
const whileShardsAreDamaged = async (damage: string) => {
  const home = homeOf('ann');
  const shards: [string, string][] = [];
  for (const table of ['balances', 'holds', 'journal']) {
    const [{ id }] = await wallet.sql(
      `SELECT get_shard_id_for_distribution_column('public.${table}', $1::integer) AS id`,
      [home],
    );
    shards.push([table, `${table}_${id}`]);
  }
  const onShards = shards.reduce(
    (text, [table, shard]) => text.replace(new RegExp(`\\b${table}\\b`, 'g'), shard),
    damage,
  );
  return withAdmin(await nodeOf(wallet, home), async (client) => {
    await client.query('SET citus.enable_manual_changes_to_shards = on');
    for (const [, shard] of shards) {
      await client.query(`CREATE TEMP TABLE kept_${shard} AS SELECT * FROM public.${shard}`);
    }
    try {
      await client.query(onShards);
      return await verify();
    } finally {
      for (const [, shard] of shards) {
        await client.query(
          `DELETE FROM public.${shard}; INSERT INTO public.${shard} SELECT * FROM kept_${shard}`,
        );
      }
    }
  });
};

/** A piece of the journal, changed so that its id still fits. */
const renamed = (kind: string, change: string): string =>
  `UPDATE journal SET lots[1].${change} WHERE kind = '${kind}' AND lots IS NOT NULL;
   UPDATE journal SET lots[1].id = lot_id(lots[1]) WHERE kind = '${kind}' AND lots IS NOT NULL`;
const GEMS = "asset_code = 'GEM' AND lots <> '{}'";

test.each([
  ['the amount of a lot', `UPDATE balances SET lots[1].amount = 1000 WHERE ${GEMS}`, ['lot_history', 'lots']],
  [
    'a lot that nobody made',
    `UPDATE balances SET lots[1].id = gen_random_uuid() WHERE ${GEMS}`,
    ['lot_history'],
  ],
  ['the cost of a lot', `UPDATE balances SET lots[2].cost = 99 WHERE ${GEMS}`, ['lot_history']],
  ['a lot twice', `UPDATE balances SET lots[2] = lots[1] WHERE ${GEMS}`, ['lot_history', 'lots']],
  ['a balance without its lots', `UPDATE balances SET lots = NULL WHERE ${GEMS}`, ['lot_history', 'lots']],
  ['the next expiry', `UPDATE balances SET next_expiry = now() WHERE ${GEMS}`, ['lots']],
  ['lots of an asset without', "UPDATE balances SET lots = '{}' WHERE asset_code = 'DIAMOND'", ['lots']],
  ['what a hold reserves', "UPDATE holds SET lots = '{}' WHERE lots IS NOT NULL", ['lot_history', 'lots']],
  [
    'the amount of a burned piece',
    "UPDATE journal SET lots[1].amount = 61 WHERE kind = 'PURCHASE' AND amount = 60",
    ['lot_history', 'lot_pieces'],
  ],
  [
    'the source of a burned piece, and not its id',
    "UPDATE journal SET lots[1].source = 'web' WHERE kind = 'PURCHASE' AND amount = 60",
    ['lot_pieces', 'lot_refunds'],
  ],
  [
    'a piece burned that was never made',
    renamed('PURCHASE', "source = 'web'"),
    ['lot_history', 'lot_refunds'],
  ],
  [
    'a piece burned after its expiry',
    renamed('PURCHASE', "expires_at = created_at - interval '1 day'"),
    ['lot_history', 'lot_pieces', 'lot_refunds'],
  ],
  ['a refund of another lot', renamed('REFUND', "source = 'web'"), ['lot_history', 'lot_refunds']],
  [
    'a refund with more cost than was burned',
    "UPDATE journal SET lots[1].cost = 99 WHERE kind = 'REFUND'",
    ['lot_history', 'lot_refunds'],
  ],
  [
    'an EXPIRY of what had not expired',
    renamed('EXPIRY', "expires_at = created_at + interval '1 day'"),
    ['lot_history', 'lot_pieces'],
  ],
  [
    'an EXPIRY under another id',
    "UPDATE journal SET id = id_of(home, 'other') WHERE kind = 'EXPIRY'",
    ['key'],
  ],
  [
    'pieces of an asset without lots',
    `UPDATE journal SET lots = (SELECT lots FROM journal WHERE kind = 'REFUND')
     WHERE kind = 'TOP_UP' AND amount = 1`,
    ['lot_history', 'lot_pieces'],
  ],
])('the verification finds damage by the owner: %s', async (_, damage, laws) => {
  const found = await whileDamaged(damage);
  const checks = found.map(({ check }: { check: string }) => check);
  expect([...new Set(checks)].sort()).toEqual(laws);
});
