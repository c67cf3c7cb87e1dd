import { dumpFunctions } from '../../../lib/db/dump-functions';
import { openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet({ fresh: true });
});
afterAll(() => wallet.close());
afterEach(() => wallet.sql('DROP FUNCTION IF EXISTS probe'));

/** What is generated of a function of this signature. */
async function generated(signature: string, comment = ''): Promise<string> {
  await wallet.sql(`CREATE FUNCTION probe${signature} LANGUAGE plpgsql AS 'BEGIN END'`);
  await wallet.sql('GRANT EXECUTE ON FUNCTION probe TO wallet_reader');
  await wallet.sql(`COMMENT ON FUNCTION probe IS '${comment}'`);
  const text = await dumpFunctions(wallet.admin);
  return text.slice(
    text.indexOf('export interface ProbeArguments'),
    text.indexOf('export type ReadAssetsArguments'),
  );
}

test('arguments and columns have the types that pg accepts and returns', async () => {
  const signature = `(
    p_id uuid, p_at timestamptz, p_hash bytea, p_about jsonb, p_amounts numeric[],
    p_status account_status DEFAULT 'active', p_amount posted_amount DEFAULT 1
  ) RETURNS TABLE (
    amount numeric, held held_amount, count bigint, rank integer, snapshot xid8, about jsonb, list jsonb[],
    status hold_status)`;
  const text = await generated(signature, 'Counts.\nNullable: held, list');
  expect(text).toContain(`export interface ProbeArguments {
  id: string | null;
  at: Date | UtcText | null;
  hash: string | null;
  about: string | null;
  amounts: Array<DecimalText> | null;
  status?: AccountStatus | null | undefined;
  amount?: DecimalText | null | undefined;
}

export interface ProbeRow {
  amount: DecimalText;
  held: DecimalText | null;
  count: string;
  rank: number;
  snapshot: string;
  about: Record<string, unknown>;
  list: Array<Record<string, unknown>> | null;
  status: HoldStatus;
}`);
});

test.each([
  ['a value', '(p_id uuid) RETURNS boolean', 'probe: boolean;'],
  ['nothing', '(p_id uuid) RETURNS void', "probe: '';"],
  [
    'rows of a table',
    '(p_id uuid) RETURNS SETOF asset_types',
    'id: number;\n  code: string;\n  name: string;',
  ],
  ['one OUT parameter', '(p_id uuid, OUT held numeric)', 'held: DecimalText;'],
])('a function may return %s', async (_, signature, columns) => {
  expect(await generated(signature)).toContain(`export interface ProbeRow {\n  ${columns}`);
});

test.each([
  ['a nullable column that is not there', '(OUT held numeric)', 'Nullable: held, hold', '"hold" nullable'],
  ['a type that is not known', '(OUT at date)', '', 'the type of at'],
  ['a list that pg would make doubles of', '(OUT sums numeric[])', '', 'the type of sums'],
  ['an argument that a call could not name', '(userId uuid) RETURNS void', '', 'argument "userid"'],
])('%s is refused', async (_, signature, comment, message) => {
  await expect(generated(signature, comment)).rejects.toThrow(message);
});

test('two functions with the same name are refused', async () => {
  await wallet.sql("CREATE FUNCTION read_account() RETURNS void LANGUAGE sql AS 'SELECT'");
  await wallet.sql('GRANT EXECUTE ON FUNCTION read_account() TO wallet_reader');
  await expect(dumpFunctions(wallet.admin)).rejects.toThrow(
    'public.read_account: there are two of this name',
  );
  await wallet.sql('DROP FUNCTION read_account()');
});
