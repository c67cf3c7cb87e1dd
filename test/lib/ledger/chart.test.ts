import { kinds } from '../../../generated/kinds';
import { errorCatalogue } from '../../../lib/base/errors';
import { openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

test('the database and the service have the same kinds, and the flows name known accounts', async () => {
  const rows = await wallet.sql('SELECT code, flows FROM kinds ORDER BY id');
  expect(rows.map(({ code }) => code)).toEqual(Object.keys(kinds));
  const known = [
    'user',
    ...(await wallet.sql('SELECT handle FROM system_accounts')).map(({ handle }) => handle),
  ];
  const named = rows.flatMap(({ flows }) => flows).flatMap((flow: string) => flow.split('>'));
  expect(named.filter((side: string) => !known.includes(side))).toEqual([]);
});

test('every refusal of the database has a message and is in the error catalogue, in order', async () => {
  const faults = await wallet.sql(`
    SELECT f::text AS code, (describe_refusal(ROW(f, '{}'))).message
    FROM unnest(enum_range(NULL::fault)) AS f`);
  const codes = faults.map(({ code }) => code);
  expect(Object.keys(errorCatalogue).filter((code) => codes.includes(code))).toEqual(codes);
  expect(faults.filter(({ message }) => !message)).toEqual([]);
});
