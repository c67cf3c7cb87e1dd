import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type RouteId, routeList, routes } from '../../../functions/routes';
import { rolesOf } from '../../../lib/base/roles';
import { toContext, toEvent } from '../../../lib/http/gateway-event';
import { startCodeDeploy, WAITING } from '../../support/code-deploy';
import { type Deployment, deploy } from '../../support/deployment';
import { AUDIENCE, type Issuer, startIssuer } from '../../support/issuer';
import { SECRETS } from '../../support/lambda-runtime';
import { discrepancies } from '../../support/reconcile';
import { artefact, testServer } from '../../support/server';
import { key, openWallet, type Reply, readReply, type TestWallet } from '../../support/wallet';

/** What only the real runtime client shows: how a container starts, rests, fails and is renewed. */
let wallet: TestWallet;
let deployment: Deployment;
const lines: string[] = [];
const started: Deployment[] = [];
const open = async (change: Record<string, string> = {}): Promise<Deployment> => {
  const made = await deploy(wallet.config, (line) => lines.push(line), change);
  if (made === undefined) {
    throw new Error('these tests are part of npm run test:artefact');
  }
  started.push(made);
  return made;
};
beforeAll(async () => {
  wallet = await openWallet();
});
beforeEach(async () => {
  lines.length = 0;
  deployment = await open();
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  for (const { close } of started) {
    close();
  }
  await wallet.close();
});

const TOPUP = 'wallet/topup';
const topupEvent = (idempotencyKey = key()) =>
  toEvent({
    method: 'POST',
    resource: routes[TOPUP].path,
    url: routes[TOPUP].path,
    headers: { 'content-type': ['application/json'] },
    pathParameters: {},
    body: Buffer.from(
      JSON.stringify({ userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey }),
    ),
    sourceIp: '127.0.0.1',
  });
const topup = async (on = deployment, idempotencyKey = key()): Promise<Reply> =>
  readReply((await on.lambda.invoke(TOPUP, topupEvent(idempotencyKey))) as never);
/** Meanwhile the user's balance is locked: no posting to it can end well. */
async function whileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
  await wallet.sql('BEGIN');
  await wallet.sql(
    "SELECT FROM balances b JOIN accounts a ON a.id = b.account_id WHERE a.handle = 'user_001' FOR UPDATE",
  );
  try {
    return await work();
  } finally {
    await wallet.sql('ROLLBACK');
  }
}
const end = (sql: string) =>
  wallet.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND ${sql}`,
  );

test('a cold start fetches its secret once, and the next event reuses the container', async () => {
  expect((await topup()).status).toBe(201);
  const [container] = deployment.lambda.containersOf(TOPUP);
  expect((await topup()).status).toBe(201);
  expect(deployment.lambda.containersOf(TOPUP)).toEqual([container]);
  expect(deployment.secrets.asked).toEqual([`secretsmanager.GetSecretValue ${SECRETS.DatabasewalletWriter}`]);
  expect(lines.filter((line) => line.includes('"message":"request done"'))).toHaveLength(2);
  expect(lines.some((line) => line.includes('"Postings"'))).toBe(true);
});

test('X-Ray shows login, connection and statements of a sampled event, but no user', async () => {
  // The daemon that Lambda runs beside the function: it takes a header line and a segment per datagram.
  const daemon = createSocket('udp4');
  const segments: string[] = [];
  const allTold = new Promise<void>((resolve) =>
    daemon.on('message', (datagram) => {
      segments.push(datagram.toString().split('\n')[1] ?? '');
      if (segments.length === 8) {
        resolve();
      }
    }),
  );
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  try {
    const sampled = await open({ AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${daemon.address().port}` });
    expect((await topup(sampled)).status).toBe(201);
    expect((await topup(sampled)).status).toBe(201);
    const spent = { ...JSON.parse(topupEvent().body ?? ''), amount: 1_000_000_000 };
    const purchase = { ...topupEvent(), body: JSON.stringify(spent) };
    const refused = readReply((await sampled.lambda.invoke('wallet/purchase', purchase)) as never);
    expect(refused.body.error.code).toBe('INSUFFICIENT_FUNDS');
    await allTold;
    const told = segments.map((text) => JSON.parse(text));
    expect(told.map(({ name, error = false }) => [name, error]).sort()).toEqual([
      ['connection', false],
      ['connection', false],
      ['connection', false],
      ['login', false],
      ['login', false],
      ['statement', false],
      ['statement', false],
      ['statement', true],
    ]);
    expect(new Set(told.map(({ trace_id }) => trace_id)).size).toBe(1);
    expect(segments.join('\n')).not.toContain('user_001');
  } finally {
    daemon.close();
  }
});

test('a GET uses the login that can only read', async () => {
  const event = toEvent({
    method: 'GET',
    resource: '/api/balance/{userId}',
    url: '/api/balance/user_001',
    headers: {},
    pathParameters: { userId: 'user_001' },
    body: undefined,
    sourceIp: '127.0.0.1',
  });
  expect(readReply((await deployment.lambda.invoke('wallet/balance', event)) as never).status).toBe(200);
  expect(deployment.secrets.asked).toEqual([`secretsmanager.GetSecretValue ${SECRETS.DatabasewalletReader}`]);
});

test('a container whose connection died while it was frozen connects again and posts once', async () => {
  expect((await topup()).status).toBe(201);
  const [container] = deployment.lambda.containersOf(TOPUP);
  // Frozen since its answer. Whatever it holds in the pooler and the server goes.
  await end("usename = 'wallet_app' AND datname = current_database()");
  const idempotencyKey = key();
  const reply = await topup(deployment, idempotencyKey);
  expect([reply.status, reply.headers['idempotency-replayed']]).toEqual([201, undefined]);
  expect(deployment.lambda.containersOf(TOPUP)).toEqual([container]);
  expect((await topup(deployment, idempotencyKey)).headers['idempotency-replayed']).toBe('true');
});

test('a rotated password is fetched again without a failed request', async () => {
  // A login of this test's own, since roles belong to the whole server, straight at the server, since the
  // pooler here keeps passwords of its own.
  const username = 'rotating_app';
  const rotate = async (password: string): Promise<void> => {
    await wallet.sql(`ALTER ROLE ${username} PASSWORD '${password}'`);
    direct.secrets.logins.set(SECRETS.DatabasewalletWriter, { username, password });
  };
  const direct = await open({ DB_PORT: String(testServer().port) });
  await wallet.sql(`CREATE ROLE ${username} LOGIN IN ROLE wallet_app`);
  await wallet.sql(`ALTER ROLE ${username} SET default_transaction_isolation = 'serializable'`);
  try {
    await rotate('first');
    expect((await topup(direct)).status).toBe(201);
    await rotate('second');
    await end(`usename = '${username}'`);
    expect((await topup(direct)).status).toBe(201);
    expect(direct.secrets.asked).toHaveLength(2);
    expect(direct.lambda.containersOf(TOPUP)).toHaveLength(1);
  } finally {
    await end(`usename = '${username}'`);
    await wallet.sql(`DROP ROLE ${username}`);
  }
});

test('a request gets 503 if the database’s certificate is not trusted', async () => {
  const stranger = await open({ NODE_EXTRA_CA_CERTS: '' });
  const reply = await topup(stranger);
  expect([reply.status, reply.body.error.code]).toEqual([503, 'DATABASE_UNAVAILABLE']);
});

test('a wrong setting fails the request with the envelope, and the log names the setting', async () => {
  const broken = await open({ LOG_LEVEL: 'loud' });
  const reply = await (await broken.load(routes[TOPUP]))(topupEvent(), toContext(TOPUP, 10_000));
  expect(readReply(reply as never)).toMatchObject({
    status: 500,
    body: { error: { code: 'INTERNAL', retryable: true } },
  });
  expect(lines.join('\n')).toContain('LOG_LEVEL must be error, warn, info, http or debug');
});

test('a function that cannot be loaded fails in its init phase, and the log says why', async () => {
  const broken = await open({ JWT_ISSUER: '' });
  await expect(broken.lambda.invoke('hooks/authorize', {}, 10_000)).rejects.toMatchObject({
    kind: expect.stringMatching(/init|exit/),
  });
  expect(lines.join('\n')).toContain('JWT_ISSUER must be set');
});

test('a function that waits for a lock answers before its time ends, and its key stays free', async () => {
  const idempotencyKey = key();
  const reply = await whileLocked(() => deployment.lambda.invoke(TOPUP, topupEvent(idempotencyKey), 1_500));
  expect(readReply(reply as never)).toMatchObject({ status: 503, body: { error: { retryable: true } } });
  expect((await topup(deployment, idempotencyKey)).headers['idempotency-replayed']).toBeUndefined();
});

test('Lambda ends an invocation that hangs, and the next event gets a new container', async () => {
  expect((await topup()).status).toBe(201);
  const [container] = deployment.lambda.containersOf(TOPUP);
  // Stopped in the middle of its work, it can answer nothing; whether it posted, only its key tells.
  const idempotencyKey = key();
  await whileLocked(async () => {
    const stuck = deployment.lambda.invoke(TOPUP, topupEvent(idempotencyKey), 500);
    stuck.catch(() => undefined);
    // Again and again: what hands it the event wakes it, perhaps after the first stop.
    const stopping = setInterval(() => process.kill(container?.pid ?? 0, 'SIGSTOP'), 5);
    await expect(stuck).rejects.toMatchObject({ kind: 'timeout' });
    clearInterval(stopping);
  });
  expect((await topup(deployment, idempotencyKey)).status).toBe(201);
  expect(deployment.lambda.containersOf(TOPUP)).not.toContain(container);
});

test('parallel containers post every request, and post a repeated key only once', async () => {
  const one = key();
  const replies = await Promise.all([
    ...Array.from({ length: 12 }, () => topup()),
    ...Array.from({ length: 8 }, () => topup(deployment, one)),
  ]);
  expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(201));
  expect(deployment.lambda.containersOf(TOPUP)).toHaveLength(4);
  expect(replies.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(13);
});

describe('the authorizer', () => {
  let issuer: Issuer;
  beforeAll(async () => {
    issuer = await startIssuer({ certFile: artefact()?.certFile ?? '', keyFile: artefact()?.keyFile ?? '' });
  });
  afterAll(() => issuer.close());

  test('accepts the issuer’s tokens, fetches its keys once, and refuses another audience', async () => {
    const { lambda } = await open({ JWT_ISSUER: issuer.url, JWT_AUDIENCE: AUDIENCE });
    const methodArn = 'arn:aws:execute-api:eu-central-1:000000000000:api/dev/POST/api/transactions/topup';
    const ask = (token: string) =>
      lambda.invoke('hooks/authorize', { type: 'TOKEN', authorizationToken: `Bearer ${token}`, methodArn });
    for (let time = 0; time < 3; time++) {
      expect(await ask(issuer.token())).toMatchObject({
        principalId: 'backend',
        policyDocument: { Statement: [{ Effect: 'Allow', Resource: methodArn.replace(/POST.*/, '*') }] },
        context: { scopes: 'wallet:write' },
      });
    }
    expect(issuer.fetches()).toBe(1);
    await expect(ask(issuer.token({ aud: 'another' }))).rejects.toThrow(/"errorMessage":\s*"Unauthorized"/);
  });
});

test('the console’s function answers with the files in its bundle', async () => {
  const { lambda } = await open({});
  const ask = async (url: string) => {
    const request = { method: 'GET', resource: '/console/{file+}', url, headers: {}, pathParameters: {} };
    const event = toEvent({ ...request, body: undefined, sourceIp: '192.0.2.1' });
    return (await lambda.invoke('hooks/console', event)) as { statusCode: number; body: string };
  };
  const page = await ask('/console');
  expect(page).toMatchObject({ statusCode: 200, body: expect.stringContaining('<base href="/console/"') });
  const [, script = ''] = /src="\.\/(assets\/[^"]+)"/.exec(page.body) ?? [];
  expect(await ask(`/console/${script}`)).toMatchObject({
    statusCode: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8' },
  });
});

describe('the smoke test of a deployment', () => {
  const smoke = async (id: RouteId, change: Record<string, string> = {}): Promise<string[]> => {
    const tried = await open(change);
    const codeDeploy = await startCodeDeploy(`wallet-dev-${id.replace('/', '-')}`, (event) =>
      tried.lambda.invoke(id, event),
    );
    const hook = await open(codeDeploy.environment);
    try {
      await hook.lambda.invoke('hooks/smoke', WAITING);
      return codeDeploy.reports;
    } finally {
      for (const { close } of [tried, hook, codeDeploy]) {
        close();
      }
    }
  };
  const writesOf = async (): Promise<number> => {
    const [row] = await wallet.sql('SELECT count(*)::int FROM journal');
    return row.count;
  };

  test.each(routeList.map(({ id }) => id as RouteId))('passes %s and writes nothing', async (id) => {
    const before = await writesOf();
    expect(await smoke(id)).toEqual(['Succeeded']);
    expect(await writesOf()).toBe(before);
  });

  test.each([
    ['a setting that is wrong', { LOG_LEVEL: 'loud' }],
    ['a server that it does not trust', { NODE_EXTRA_CA_CERTS: '' }],
  ])('stops the deployment of a version with %s', async (_, change) => {
    expect(await smoke('wallet/topup', change)).toEqual(['Failed']);
  });

  test('stops the deployment of a version that cannot be loaded', async () => {
    expect(await smoke('wallet/topup', { NODE_OPTIONS: '--require /nowhere.js' })).toEqual(['Failed']);
  });
});

describe('the migrator', () => {
  const OWNER = { username: 'postgres', password: 'postgres' };

  test('makes and migrates a title’s database, and a second run applies nothing', async () => {
    const database = `deploy_${Date.now()}`;
    const { lambda, secrets } = await open({ DB_NAME: database, DB_PORT: String(testServer().port) });
    const { app, reader } = rolesOf(database);
    secrets.logins.set(SECRETS.DatabaseCluster, OWNER);
    secrets.logins.set(SECRETS.DatabasewalletWriter, { username: app, password: 'writer' });
    secrets.logins.set(SECRETS.DatabasewalletReader, { username: reader, password: 'reader' });
    const first = (await lambda.invoke('hooks/migrate', {})) as { applied: string[] };
    expect(first.applied).toEqual(
      expect.arrayContaining(['migrations/0001_roles.sql', 'functions/post_transaction.sql']),
    );
    expect(await lambda.invoke('hooks/migrate', {})).toEqual({ applied: [] });
  });

  test('fails the deployment when it cannot do its work', async () => {
    const { lambda, secrets } = await open({
      DB_NAME: 'never_made',
      DB_PORT: String(testServer().port),
    });
    secrets.logins.set(SECRETS.DatabaseCluster, { ...OWNER, username: 'nobody' });
    await expect(lambda.invoke('hooks/migrate', {})).rejects.toMatchObject({ kind: 'function' });
  });
});
