import { Client } from 'pg';
import { homeOf } from '../../lib/ledger/home';
import { PASSWORDS } from '../support/server';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let service: Client;
beforeAll(async () => {
  wallet = await openWallet();
  service = new Client({ ...wallet.admin, user: 'wallet_app', password: PASSWORDS.wallet_app });
  await service.connect();
});
afterAll(async () => {
  await service.end();
  await wallet.close();
});

const WRONG = homeOf('user_001') + 1;
const call = (name: string, given: Record<string, unknown>) => {
  const names = Object.keys(given).map((argument, index) => `p_${argument} => $${index + 1}`);
  return service.query(`SELECT * FROM public.${name}(${names.join(', ')})`, Object.values(given));
};
const moved = (userId: string) => ({
  kind: 'TOP_UP',
  debit: '$treasury',
  credit: userId,
  asset_code: 'GOLD_COIN',
  amount: 1,
});
const claim = () => ({ key: key(), request_hash: 'x' });
const ofUser = { home: WRONG, user_id: 'user_001' };

test.each<[string, () => Promise<unknown>]>([
  ['a posting', () => call('post_transaction', { home: WRONG, ...moved('user_001'), ...claim() })],
  [
    'a posting that opens the account',
    () =>
      call('post_transaction', { home: homeOf('new') + 1, ...moved('new'), ...claim(), open_account: true }),
  ],
  [
    'a batch that opens the account',
    () => {
      const element = {
        home: homeOf('new') + 1,
        ...moved('new'),
        ...claim(),
        request_hash: '00',
        open_account: true,
      };
      return call('post_batch', {
        group_id: '00000000-0000-8000-8000-000000000000',
        elements: JSON.stringify([element]),
      });
    },
  ],
  [
    'a hold',
    () =>
      call('place_hold', {
        ...ofUser,
        asset_code: 'GOLD_COIN',
        amount: 1,
        expires_in_seconds: 60,
        ...claim(),
      }),
  ],
  [
    'an exchange',
    () => {
      const sides = { from_asset: 'GOLD_COIN', from_amount: 1, to_asset: 'DIAMOND', to_amount: 1 };
      return call('exchange_assets', { ...ofUser, ...sides, ...claim() });
    },
  ],
  [
    'a transfer',
    () => {
      const parties = { from: 'user_001', to: 'user_002', asset_code: 'GOLD_COIN', amount: 1 };
      return call('post_transfer', { home: WRONG, to_home: homeOf('user_002'), ...parties, ...claim() });
    },
  ],
  [
    'an adjustment',
    () =>
      call('post_adjustment', {
        ...ofUser,
        direction: 'credit',
        asset_code: 'GOLD_COIN',
        amount: 1,
        ...claim(),
      }),
  ],
  ['a read', () => call('read_balances', ofUser)],
  ['a change of status', () => call('set_account_status', { ...ofUser, status: 'frozen' })],
  ['an account', () => call('put_account', ofUser)],
  [
    'accounts',
    () => call('open_accounts', { accounts: JSON.stringify([{ home: homeOf('new') + 1, user_id: 'new' }]) }),
  ],
])('%s cannot be written in a home that is not the player’s', async (_, work) => {
  await expect(work()).rejects.toMatchObject({
    code: '22023',
    message: expect.stringContaining('is not the home of'),
  });
  expect(await wallet.sql('SELECT handle FROM user_accounts WHERE home <> home_of(handle)')).toEqual([]);
});
