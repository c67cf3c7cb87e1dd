import { statement } from '../../../lib/db/statements';

const AT = new Date('2026-11-25T20:00:00Z');

test('a function is called by the names of its arguments, whatever the order of the object', () => {
  const { statement: made, values } = statement('read_balances', {
    at: AT,
    assetCode: 'GOLD_COIN',
    userId: 'user_001',
    home: 7,
  });
  expect(made.text).toBe(
    'SELECT * FROM public.read_balances(p_home => $1, p_user_id => $2, p_asset_code => $3, p_at => $4)',
  );
  expect(values).toEqual([7, 'user_001', 'GOLD_COIN', AT]);
});

test('an undefined argument is left out, and a null argument is passed', () => {
  const { statement: made, values } = statement('read_balances', {
    home: 7,
    userId: 'user_001',
    assetCode: undefined,
    at: null,
  });
  expect(made.text).toBe('SELECT * FROM public.read_balances(p_home => $1, p_user_id => $2, p_at => $3)');
  expect(values).toEqual([7, 'user_001', null]);
});

test('a function without arguments is called without any', () => {
  expect(statement('read_assets', {})).toMatchObject({
    statement: { text: 'SELECT * FROM public.read_assets()' },
    values: [],
  });
});

test('a row can be requested as one text', () => {
  const { statement: made } = statement('read_account', { home: 7, userId: 'user_001' }, 'text');
  expect(made.text).toBe('SELECT public.read_account(p_home => $1, p_user_id => $2) AS text');
});

test('each set of arguments and each form has one statement with its own name', () => {
  const made = [
    statement('read_balances', { home: 7, userId: 'user_001' }),
    statement('read_balances', { home: 7, userId: 'user_001', assetCode: 'GOLD_COIN' }),
    statement('read_balances', { home: 7, userId: 'user_001', at: AT }),
    statement('read_balances', { home: 7, userId: 'user_001', assetCode: 'GOLD_COIN', at: AT }),
    statement('read_balances', { home: 7, userId: 'user_001' }, 'text'),
  ].map((one) => one.statement);
  expect(new Set(made.map(({ name }) => name)).size).toBe(made.length);
  expect(new Set(made.map(({ text }) => text)).size).toBe(made.length);
  expect(statement('read_balances', { home: 7, userId: 'user_002', at: AT }).statement).toBe(made[2]);
});

test('a call whose arguments are missing, misspelt or of another type does not compile', () => {
  const filter = { home: 7, userId: 'user_001', assetCod: 'GOLD_COIN' };
  // @ts-expect-error: without its user.
  statement('read_balances', { assetCode: 'GOLD_COIN' });
  // @ts-expect-error: misspelt.
  statement('read_balances', { home: 7, userId: 'user_001', assetCod: 'GOLD_COIN' });
  // @ts-expect-error: misspelt, in an object from elsewhere.
  statement('read_balances', { ...filter });
  // @ts-expect-error: no argument at all is known.
  statement('read_assets', { userId: 'user_001' });
  // @ts-expect-error: a number for a text.
  statement('read_balances', { home: 7, userId: 1 });
  const held = { home: 7, holdId: '', key: '', requestHash: '', metadata: null, principal: null };
  // @ts-expect-error: a text that is no decimal.
  statement('capture_hold', { ...held, amount: '1' });
});
