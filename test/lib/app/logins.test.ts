import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PASSWORDS } from '../../support/server';
import { key, openWallet, type TestWallet } from '../../support/wallet';

let secretsManager: Server;
let wallet: TestWallet;
let stored = { username: 'wallet_app', password: PASSWORDS.wallet_app };
const asked: string[] = [];

/** AWS Secrets Manager as far as GetSecretValue goes, over HTTP: the real client of the SDK talks to it. */
beforeAll(async () => {
  secretsManager = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      asked.push(`${request.headers['x-amz-target']} ${JSON.parse(body).SecretId}`);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Name: 'wallet', SecretString: JSON.stringify(stored) }));
    });
  });
  await new Promise<void>((resolve) => secretsManager.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secretsManager.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  wallet = await openWallet({ database: { writer: { secretArn: 'arn:wallet_app' }, poolMax: 4 } });
});
afterAll(async () => {
  await wallet.sql(`ALTER ROLE wallet_app PASSWORD '${PASSWORDS.wallet_app}'`);
  await wallet.close();
  secretsManager.close();
});

const topup = () =>
  wallet.call('wallet/topup', { body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() } });

test('the secret is fetched once and kept, however many requests come', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, topup));
  expect(replies.map((reply) => reply.status)).toEqual(Array(8).fill(201));
  expect(asked).toEqual(['secretsmanager.GetSecretValue arn:wallet_app']);
});

test('a wrong secret is 503, and asked for once more only', async () => {
  stored = { ...stored, password: 'not it' };
  await wallet.app.close();
  asked.length = 0;
  const refused = await openWallet({ database: { writer: { secretArn: 'arn:wallet_app' } } });
  const reply = await refused.call('wallet/topup', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
  });
  expect([reply.status, reply.body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
  expect(asked).toHaveLength(2);
  expect(refused.lines.join()).not.toContain('not it');
  stored = { ...stored, password: PASSWORDS.wallet_app };
  expect(
    (
      await refused.call('wallet/topup', {
        body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
      })
    ).status,
  ).toBe(201);
  await refused.close();
});
