import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openWallet, type TestWallet } from '../support/wallet';

const FOLDER = 'sql/functions';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

const inlined = readdirSync(FOLDER)
  .filter((file) => /^--.*It\s+(-- )?inlines/m.test(readFileSync(path.join(FOLDER, file), 'utf8')))
  .map((file) => path.basename(file, '.sql'));

test.each(inlined)('%s inlines, as its comment says', async (name) => {
  const [{ types }] = (await wallet.sql(
    'SELECT proargtypes::regtype[]::text[] AS types FROM pg_proc WHERE proname = $1',
    [name],
  )) as [{ types: string[] }];
  const columns = types.map((type, index) => `NULL::${type} AS a${index}`);
  const parameters = types.map((_, index) => `a${index}`);
  // OFFSET keeps the planner from computing the call from the nulls.
  const plan = await wallet.sql(
    `EXPLAIN (VERBOSE) SELECT ${name}(${parameters}) FROM (SELECT ${columns} OFFSET 0) AS given`,
  );
  expect(JSON.stringify(plan)).not.toContain(`${name}(`);
});
