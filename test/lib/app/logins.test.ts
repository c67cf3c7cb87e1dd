import { type SecretsManager, startSecretsManager } from '../../support/secrets-manager';
import { PASSWORDS } from '../../support/server';
import { key, openWallet, type TestWallet } from '../../support/wallet';

let secrets: SecretsManager;
let wallet: TestWallet;

beforeEach(async () => {
  secrets = await startSecretsManager({
    'arn:wallet_app': { username: 'wallet_app', password: PASSWORDS.wallet_app },
  });
  Object.assign(process.env, secrets.environment);
  wallet = await openWallet({ database: { writer: { secretArn: 'arn:wallet_app' }, poolMax: 4 } });
});
afterEach(async () => {
  await wallet.close();
  secrets.close();
});

const topup = () =>
  wallet.call('wallet/topup', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
  });

test('the secret is fetched once and kept, however many requests come', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, topup));
  expect(replies.map((reply) => reply.status)).toEqual(Array(8).fill(201));
  expect(secrets.asked).toEqual(['secretsmanager.GetSecretValue arn:wallet_app']);
});

test('a wrong secret gives 503 and is fetched only once more', async () => {
  secrets.logins.set('arn:wallet_app', { username: 'wallet_app', password: 'not it' });
  await wallet.app.close();
  secrets.asked.length = 0;
  const refused = await openWallet({ database: { writer: { secretArn: 'arn:wallet_app' } } });
  const reply = await refused.call('wallet/topup', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
  });
  expect([reply.status, reply.body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  expect(secrets.asked).toHaveLength(2);
  expect(refused.lines.join()).not.toContain('not it');
  secrets.logins.set('arn:wallet_app', { username: 'wallet_app', password: PASSWORDS.wallet_app });
  expect(
    (
      await refused.call('wallet/topup', {
        body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
      })
    ).status,
  ).toBe(201);
  await refused.close();
});
