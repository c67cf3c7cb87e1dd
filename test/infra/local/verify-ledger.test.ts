import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { cp, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Checkout, checkOut } from '../../support/checkout';
import { checkpoint } from '../../support/follower';
import { PASSWORDS } from '../../support/server';
import { openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
let checkout: Checkout;
/** May read every table of the server, and nothing else. */
const auditor = `auditor_${randomUUID().replaceAll('-', '')}`;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  checkout = await checkOut();
  await checkpoint(wallet);
  await wallet.sql(`CREATE ROLE ${auditor} LOGIN PASSWORD 'audit' IN ROLE pg_read_all_data`);
  await wallet.sql(`GRANT CONNECT ON DATABASE ${wallet.config.database.name} TO ${auditor}`);
});
afterAll(async () => {
  await wallet.sql(`DROP OWNED BY ${auditor}; DROP ROLE ${auditor}`);
  await wallet.close();
  await checkout.close();
});

const verifyAs = (login: string, args: string[] = ['--anchors', wallet.config.checkpoints.anchors]) => {
  const { host, port, database } = wallet.admin;
  const url = `postgres://${login}@${host}:${port}/${database}`;
  return checkout.run('infra/local/verify-ledger.ts', args, { DATABASE_URL: url });
};
const FITS = {
  code: 0,
  printed: expect.stringMatching(/All 4 transactions of 1 checkpoints are as they were/),
};

test.each([
  ['may read every table', () => `${auditor}:audit`],
  ['is the reader of the title', () => `wallet_reader:${PASSWORDS.wallet_reader}`],
])('a login that %s verifies the ledger', async (_, login) => {
  expect(await verifyAs(login())).toEqual(FITS);
});

test('a login that may not read gets an error about its permissions', async () => {
  const blind = `blind_${randomUUID().replaceAll('-', '')}`;
  await wallet.sql(`CREATE ROLE ${blind} LOGIN PASSWORD 'blind'`);
  await wallet.sql(`GRANT CONNECT ON DATABASE ${wallet.config.database.name} TO ${blind}`);
  const { code, printed } = await verifyAs(`${blind}:blind`);
  expect([code, printed]).toEqual([1, expect.stringMatching(/permission denied for schema public\n$/)]);
  await wallet.sql(`DROP OWNED BY ${blind}; DROP ROLE ${blind}`);
});

test('verify-ledger accepts the anchors folder of all titles, and several keys', async () => {
  const titles = path.join(checkout.folder, 'titles');
  const own = path.join(titles, wallet.config.database.name);
  await cp(wallet.config.checkpoints.anchors, own, { recursive: true });
  const [pem = ''] = (await readdir(own)).filter((name) => name.endsWith('.pem'));
  const other = path.join(checkout.folder, 'other.pem');
  await writeFile(other, generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));
  const verify = (...keys: string[]) =>
    verifyAs(`${auditor}:audit`, ['--anchors', titles, ...keys.flatMap((key) => ['--key', key])]);
  expect(await verify(other, path.join(own, pem))).toEqual(FITS);
  expect(await verify(other)).toEqual({
    code: 1,
    printed: expect.stringMatching(/anchor-changed: .* not given/),
  });
  const noKey = path.join(checkout.folder, 'package.json');
  expect(await verify(noKey)).toEqual({ code: 1, printed: `${noKey} is no public key in PEM\n` });
});

test('verify-ledger changes nothing, even with a login that may do anything', async () => {
  // A function that the next migration would make anew, and a password that the service would set.
  await wallet.sql("UPDATE schema_migrations SET hash = '' WHERE name = 'functions/horizon.sql'");
  const state = `SELECT (SELECT array_agg(m::text ORDER BY name) FROM schema_migrations m) AS migrations,
    (SELECT rolpassword FROM pg_authid WHERE rolname = 'wallet_app') AS password`;
  const before = await wallet.sql(state);
  expect(await verifyAs(`${wallet.admin.user}:${wallet.admin.password}`)).toEqual(FITS);
  expect(await wallet.sql(state)).toEqual(before);
});
