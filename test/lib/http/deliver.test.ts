import { Webhook } from 'standardwebhooks';
import { sealOf } from '../../../lib/app/sealing';
import { monotonicMillis, sleep } from '../../../lib/base/time';
import { deliverEvents } from '../../../lib/http/deliver';
import { type AwsQueues, startAwsQueues } from '../../support/aws-queues';
import { settled } from '../../support/follower';
import { type Behaviour, openReceiver, outOfOrder, type WebhookReceiver } from '../../support/receiver';
import { key, openAccounts, openWallet, type TestWallet } from '../../support/wallet';

jest.setTimeout(120_000);

const USERS = ['ann', 'bob', 'cat'];

let wallet: TestWallet;
let receiver: WebhookReceiver;
let other: WebhookReceiver;
beforeEach(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, ...USERS);
  receiver = await openReceiver();
  other = await openReceiver();
});
afterEach(async () => {
  await receiver.close();
  await other.close();
  await wallet.close();
});

const name = 'game';
/** A new subscriber begins at the horizon, which transactions of other tests hold back. */
const put = async (more: object = {}, path = { name }) => {
  await settled(wallet);
  return wallet.call('subscribers/put', { path, body: { kind: 'webhook', url: receiver.url, ...more } });
};
const topup = async (userId = 'ann'): Promise<string> => {
  const body = { userId, assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
  return (await wallet.call('wallet/topup', { body })).body.data.transactionId;
};
const subscriber = async () => (await wallet.call('subscribers/list')).body.data.subscribers[0];
const deliveries = async () =>
  (await wallet.call('subscribers/deliveries', { path: { name } })).body.data.deliveries;
/** Forgets the pause before the next try. */
const hurry = () => wallet.sql("UPDATE subscribers SET next_try_at = '-infinity'");

/** Delivers in the background until a condition holds. */
async function deliverUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
  const stopping = new AbortController();
  const end = monotonicMillis() + 60_000;
  const call = { deadline: end + 60_000, retries: [] };
  const delivering = deliverEvents({ ...wallet.app, stopping: stopping.signal }, call);
  while (!(await holds()) && monotonicMillis() < end) {
    await sleep(20);
  }
  stopping.abort();
  await delivering;
  expect(await holds()).toBe(true);
}
/** The same, without the pauses before another try. */
async function hurryUntil(holds: () => boolean): Promise<void> {
  const holdsHurried = async () => {
    await hurry();
    return holds();
  };
  await deliverUntil(holdsHurried);
}
const took = (count: number) => () => receiver.received.length >= count;

test('a webhook gets events committed after its creation, signed as in Standard Webhooks', async () => {
  await topup();
  const { status, body } = await put();
  expect([status, body.data.cursor, body.data.enabled]).toEqual([201, expect.any(String), true]);
  const posted = await topup();
  await deliverUntil(took(1));
  const [request] = receiver.requests;
  const headers = request?.headers as Record<string, string>;
  const event = new Webhook(body.data.secret).verify(request?.body ?? '', headers) as Record<string, unknown>;
  const { events } = (await wallet.call('events/list', { query: { after: body.data.cursor } })).body.data;
  expect(event).toEqual(events[0]);
  expect([event.id, headers['webhook-id']]).toEqual([posted, posted]);
  expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
  expect(await subscriber()).toMatchObject({ lagSeconds: 0, attempts: 0, lastError: null });
  expect(await deliveries()).toEqual([
    {
      eventId: posted,
      type: 'wallet.transaction.posted',
      status: null,
      error: null,
      timestamp: expect.any(String),
    },
  ]);
  // The secret is told once, and is not in the database.
  expect((await put()).body.data.secret).toBeUndefined();
  const [{ secrets }] = await wallet.sql('SELECT secrets::text FROM subscribers');
  expect(secrets).not.toContain(body.data.secret.slice(6));
});

test('the new secret and the previous one both sign for a day after a rotation', async () => {
  const old = (await put()).body.data.secret;
  const young = (await put({ rotateSecret: true })).body.data.secret;
  const verify = (index: number, secret: string) => {
    const { headers, body } = receiver.requests[index] ?? { headers: {}, body: '' };
    return () => new Webhook(secret).verify(body, headers as Record<string, string>);
  };
  await topup();
  await deliverUntil(took(1));
  expect(verify(0, old)).not.toThrow();
  expect(verify(0, young)).not.toThrow();
  await wallet.sql(
    `UPDATE subscribers SET secrets = jsonb_set(secrets, '{1,until}', '"2020-01-01T00:00:00Z"')`,
  );
  await topup();
  await deliverUntil(took(2));
  expect(verify(1, old)).toThrow();
  expect(verify(1, young)).not.toThrow();
});

test('a subscriber gets only the types that it asks for, and nothing while it is disabled', async () => {
  await put({ types: ['wallet.hold.placed'] });
  await topup();
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
  const { holdId } = (await wallet.call('holds/place', { body })).body.data;
  await deliverUntil(async () => (await subscriber()).lagSeconds === 0 && took(1)());
  expect(receiver.received.map(({ id }) => id)).toEqual([holdId]);
  await put({ enabled: false });
  const posted = await topup();
  const stopped = (await subscriber()).cursor;
  await put({ enabled: true });
  await deliverUntil(took(2));
  expect([receiver.received[1]?.id, stopped < (receiver.received[1]?.sequence ?? '')]).toEqual([
    posted,
    true,
  ]);
});

/** Answers with a status, and has taken the event when it is one of success. */
const answering =
  (status: number, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end();
    return status < 300;
  };
/** Breaks the connection, after so much of an answer. */
const breaking =
  (part?: string): Behaviour =>
  (response) => {
    if (part !== undefined) {
      response.writeHead(200, { 'content-length': 9 });
      response.write(part);
    }
    response.destroy();
    return false;
  };
const switching: Behaviour = (response) => {
  response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
  return false;
};
const hang: Behaviour = () => false;
const FAULTS: [string, Behaviour, RegExp][] = [
  ['answers 500', answering(500), /answered 500/],
  ['redirects', answering(307, { location: '/' }), /answered 307/],
  ['closes after the headers', breaking('x'), /closed|aborted|hang up/],
  ['resets', breaking(), /hang up|reset/],
  ['switches to another protocol', switching, /answered 101/],
];
test.each(FAULTS)(
  'a receiver that %s is tried again with growing pauses and loses no event',
  async (_, fault, reason) => {
    await put();
    const posted = await topup();
    receiver.behave(fault);
    for (let tries = 1; tries <= 3; tries++) {
      await hurry();
      await deliverUntil(async () => (await subscriber()).attempts === tries);
      expect((await subscriber()).lastError).toMatch(reason);
    }
    const [{ pause }] = await wallet.sql(
      'SELECT extract(epoch FROM next_try_at - clock_timestamp())::float8 AS pause FROM subscribers',
    );
    // The bound of the pause doubles from a second.
    expect(pause).toBeGreaterThan(2);
    expect(pause).toBeLessThan(8);
    receiver.behave(answering(200));
    await hurry();
    await deliverUntil(took(1));
    expect(receiver.received.map(({ id }) => id)).toEqual([posted]);
    expect((await deliveries()).map(({ error }: { error: string | null }) => error === null)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  },
);

test('the service does not read an answer longer than a kilobyte to its end', async () => {
  await put();
  await topup();
  receiver.behave((response) => {
    response.writeHead(200);
    const more = setInterval(() => response.write('x'.repeat(512)), 1);
    response.on('close', () => clearInterval(more));
    return true;
  });
  await deliverUntil(async () => took(1)() && (await deliveries()).length === 1);
  expect((await deliveries())[0].error).toBeNull();
});

test('a receiver that hangs times out and does not delay another one', async () => {
  await put({}, { name: 'hangs' });
  await put({ url: other.url }, { name: 'works' });
  receiver.behave(hang);
  await topup();
  await deliverUntil(() => other.received.length === 1);
  const { subscribers } = (await wallet.call('subscribers/list')).body.data;
  expect(subscribers.map(({ lastError }: { lastError: string }) => lastError)).toEqual([
    expect.stringMatching(/timeout|aborted/),
    null,
  ]);
});

test('a 410 reply disables the subscriber and keeps its place', async () => {
  await put();
  const posted = await topup();
  receiver.behave(answering(410));
  await deliverUntil(async () => !(await subscriber()).enabled);
  receiver.behave(answering(200));
  await put({ enabled: true });
  await deliverUntil(took(1));
  expect(receiver.received.map(({ id }) => id)).toEqual([posted]);
});

test('an event that is refused for a day parks only its player, and a replay sends the rest', async () => {
  await put();
  receiver.behave((response, request) => {
    const refused = request.headers['webhook-id'] === bad;
    response.writeHead(refused ? 400 : 200).end();
    return !refused;
  });
  const bad = await topup('ann');
  await deliverUntil(async () => (await subscriber()).attempts === 1);
  await wallet.sql("UPDATE subscribers SET failing_since = failing_since - interval '2 days'");
  await hurry();
  const good = await topup('bob');
  await deliverUntil(took(1));
  const later = await topup('ann');
  const last = await topup('bob');
  await deliverUntil(took(2));
  expect(receiver.received.map(({ id }) => id)).toEqual([good, last]);
  const [parked] = (await subscriber()).parked;
  expect(parked).toMatchObject({ userId: 'ann', eventId: bad });
  receiver.behave(answering(200));
  const replayed = await wallet.call('subscribers/replay', { path: { name }, body: { after: parked.after } });
  expect(replayed.body.data.parked).toEqual([]);
  await deliverUntil(took(6));
  expect(receiver.received.slice(2).map(({ id }) => id)).toEqual(
    expect.arrayContaining([bad, good, later, last]),
  );
  expect(outOfOrder(receiver.received)).toEqual([]);
});

test('a player who is parked as a payee does not block the payer’s events', async () => {
  await put();
  await wallet.sql(
    `INSERT INTO parked_players (subscriber, user_id, cursor, event_id)
     SELECT name, 'bob', cursor, gen_random_uuid() FROM subscribers`,
  );
  await topup('bob');
  const body = { fromUserId: 'ann', toUserId: 'bob', assetCode: 'GIFT', amount: 1 };
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 0, transferable: true },
  });
  await wallet.call('wallet/topup', {
    body: { userId: 'ann', assetCode: 'GIFT', amount: 1, idempotencyKey: key() },
  });
  const paid = await wallet.call('wallet/transfer', { body: { ...body, idempotencyKey: key() } });
  await deliverUntil(() =>
    receiver.received.some(({ id }: { id: string }) => id === paid.body.data.transactionId),
  );
  expect(receiver.received.map(({ subject }) => subject)).not.toContain('bob');
});

test('renewing a lease keeps the count of failures, and another failure raises it', async () => {
  await put();
  const call = { deadline: Number.POSITIVE_INFINITY, retries: [] };
  const { ledger } = wallet.app;
  const lease = '00000000-0000-4000-8000-000000000001';
  const { cursor } = await ledger.leaseSubscriber({ lease, seconds: 30, name }, call);
  const given = { name, lease, seconds: 30, cursor: cursor ?? '', deliveries: '[]' };
  const failure = { ...given, error: 'answered 500' };
  const states = [];
  for (const state of [failure, given, failure, { ...given, cursor: `${'f'.repeat(79)}e` }]) {
    expect(await ledger.recordDeliveries(state, call)).toBe(true);
    const [row] = await wallet.sql('SELECT attempts, failing_since IS NOT NULL AS failing FROM subscribers');
    states.push([row.attempts, row.failing]);
  }
  expect(states).toEqual([
    [1, true],
    [1, true],
    [2, true],
    [0, false],
  ]);
});

test('a deliverer that loses its lease to a replay stops before another one begins', async () => {
  const { cursor } = (await put()).body.data;
  const posted: string[] = [];
  for (let count = 0; count < 6; count++) {
    posted.push(await topup());
  }
  const replay = () => wallet.call('subscribers/replay', { path: { name }, body: { after: cursor } });
  receiver.behave(async (response) => {
    if (receiver.received.length === 2) {
      receiver.behave(answering(200));
      await replay();
      const call = { deadline: Number.POSITIVE_INFINITY, retries: [] };
      const lease = '00000000-0000-4000-8000-000000000002';
      expect((await wallet.app.ledger.leaseSubscriber({ lease, seconds: 1, name }, call)).name).toBeNull();
      // Longer than the deliverer waits before it renews its lease.
      await sleep(5_000);
      await wallet.sql("UPDATE subscribers SET leased_until = '-infinity'");
    }
    response.writeHead(200).end();
    return true;
  });
  await deliverUntil(took(9));
  expect(receiver.received.map(({ id }) => id)).toEqual([...posted.slice(0, 3), ...posted]);
});

test('a run uses one receiver for all its pages and closes it at the end', async () => {
  await put();
  const counts: number[] = [];
  let posted = 0;
  const isDone = async () => {
    counts.push(await receiver.connections());
    if (receiver.received.length === posted && posted < 10) {
      await topup(USERS[posted % 3]);
      posted += 1;
    }
    return receiver.received.length === 10;
  };
  await deliverUntil(isDone);
  expect(Math.max(...counts)).toBeLessThanOrEqual(8);
  while ((await receiver.connections()) > 0) {
    await sleep(10);
  }
});

test('secrets that cannot be opened count as a failed delivery', async () => {
  await put();
  await topup();
  await wallet.sql(`UPDATE subscribers SET secrets = '[{"sealed": "AAAA"}]'`);
  await deliverUntil(async () => (await subscriber()).attempts === 1);
  expect((await subscriber()).lastError).toBe('its secrets could not be opened');
});

test('a subscriber without new events is not updated in the database', async () => {
  await put();
  await deliverUntil(() => true);
  const version = 'SELECT xmin::text AS version FROM subscribers';
  const [before] = await wallet.sql(version);
  await deliverUntil(() => true);
  expect(await wallet.sql(version)).toEqual([before]);
});

test('a deliverer whose lease has ended cannot record its deliveries', async () => {
  await put();
  await topup();
  const lease = '00000000-0000-4000-8000-000000000001';
  const call = { deadline: Number.POSITIVE_INFINITY, retries: [] };
  const first = await wallet.app.ledger.leaseSubscriber({ lease, seconds: 30, name }, call);
  expect(first.name).toBe(name);
  const second = { lease: lease.replace(/1$/, '2'), seconds: 30, name };
  expect((await wallet.app.ledger.leaseSubscriber(second, call)).name).toBeNull();
  // It was killed, and its time is over.
  await wallet.sql("UPDATE subscribers SET leased_until = '-infinity'");
  expect((await wallet.app.ledger.leaseSubscriber(second, call)).name).toBe(name);
  const given = { name, lease, seconds: 30, cursor: 'f'.repeat(80), deliveries: '[]' };
  expect(await wallet.app.ledger.recordDeliveries(given, call)).toBe(false);
  expect((await subscriber()).cursor).toBe(first.cursor);
});

/** So many top-ups of three players, in batches. */
async function topups(count: number): Promise<void> {
  for (let posted = 0; posted < count; posted += 300) {
    const transactions = Array.from({ length: Math.min(300, count - posted) }, (_, index) => ({
      type: 'topup',
      userId: USERS[index % 3],
      assetCode: 'GOLD_COIN',
      amount: 1,
      idempotencyKey: key(),
    }));
    await wallet.call('wallet/batch', { body: { transactions } });
  }
}

describe('on AWS', () => {
  let aws: AwsQueues;
  const before = { ...process.env };
  beforeEach(async () => {
    aws = await startAwsQueues();
    Object.assign(process.env, aws.environment);
  });
  afterEach(() => {
    aws.close();
    process.env = { ...before };
  });

  test.each([
    ['eventbridge', () => ({ busName: 'events' })],
    ['sqs', () => ({ queueUrl: aws.queueUrl })],
  ])('%s gets full batches, and refused events again, in the order of each player', async (kind, target) => {
    const users = Array.from({ length: 30 }, (_, index) => `many_${index}`);
    await openAccounts(wallet, ...users);
    await put({ kind, url: undefined, ...target() });
    for (let times = 0; times < 4; times++) {
      const transactions = users.map((userId) => ({
        type: 'topup',
        userId,
        assetCode: 'GOLD_COIN',
        amount: 1,
        idempotencyKey: key(),
      }));
      await wallet.call('wallet/batch', { body: { transactions } });
    }
    const refused = new Set<string>();
    aws.refuses = (id) => Math.random() < 0.05 && !refused.has(id) && refused.add(id).has(id);
    await hurryUntil(() => new Set(aws.taken.map(({ id }) => id)).size === 120);
    expect(outOfOrder(aws.taken)).toEqual([]);
    expect(Math.max(...aws.sizes)).toBe(10);
    expect(refused.size).toBeGreaterThan(0);
    if (kind === 'sqs') {
      expect(aws.taken.every((one) => one.group === one.subject && one.deduplicatedBy === one.id)).toBe(true);
    }
  });

  test.each([
    ['eventbridge', () => ({ busName: 'events' }), 'MalformedDetail'],
    ['sqs', () => ({ queueUrl: aws.queueUrl }), 'InvalidMessageContents'],
  ])('%s parks the player of an event that it refuses for a day', async (kind, target, code) => {
    await put({ kind, url: undefined, ...target() });
    const bad = await topup();
    aws.refuses = (id) => id === bad;
    aws.refusal = code;
    await deliverUntil(async () => (await subscriber()).attempts === 1);
    expect((await subscriber()).lastError).toBe(code);
    await wallet.sql("UPDATE subscribers SET failing_since = failing_since - interval '2 days'");
    await hurry();
    const good = await topup('bob');
    await deliverUntil(() => aws.taken.some(({ id }) => id === good));
    expect((await subscriber()).parked).toMatchObject([{ userId: 'ann', eventId: bad }]);
  });

  test('KMS seals the secrets of webhooks, each for its subscriber', async () => {
    wallet.app.receivers.seal = sealOf({ keyId: 'alias/webhooks' });
    const { secret } = (await put()).body.data;
    await topup();
    await deliverUntil(took(1));
    const [{ body, headers } = { body: '', headers: {} }] = receiver.requests;
    expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
  });
});

test('a receiver that fails at random gets each event, in the order of each player', async () => {
  await put();
  await topups(300);
  receiver.behave(async (response) => {
    await sleep(Math.random() * 3);
    const fails = Math.random() < 0.02;
    response.writeHead(fails ? 503 : 200).end();
    return !fails;
  });
  await hurryUntil(() => new Set(receiver.received.map(({ id }) => id)).size === 300);
  expect(outOfOrder(receiver.received)).toEqual([]);
});

test.each([
  ['http', 'http://game.example/x', 'must be an https URL'],
  ['a private address', 'https://10.1.2.3/x', 'must be no private address'],
  ['this machine', 'https://[::1]/x', 'must be no private address'],
  ['an IPv4 address in IPv6', 'https://[::ffff:169.254.169.254]/x', 'must be no private address'],
  ['a number', 'https://2130706433/x', 'must be no private address'],
])('a webhook to %s is refused unless a setting allows it', async (_, url, message) => {
  wallet.app.receivers.allowPrivate = false;
  const { status, body } = await put({ url });
  expect([status, body.error.details]).toEqual([400, [{ path: 'url', message }]]);
});

test.each([
  ['another host', 'https://internal.example/admin.fifo'],
  ['a host that looks like one', 'https://sqs.eu-central-1.amazonaws.com.example/q.fifo'],
  ['this machine', 'http://127.0.0.1:3000/q.fifo'],
])('a queue of %s is refused unless a setting allows it', async (_, queueUrl) => {
  wallet.app.receivers.allowPrivate = false;
  const { status, body } = await put({ kind: 'sqs', url: undefined, queueUrl });
  expect([status, body.error.details]).toEqual([
    400,
    [{ path: 'queueUrl', message: 'must be an https address of SQS' }],
  ]);
});

test.each([
  'https://sqs.eu-central-1.amazonaws.com/123456789012/q.fifo',
  'https://vpce-1a2b.sqs.eu-central-1.vpce.amazonaws.com/123456789012/q.fifo',
])('a queue of SQS is accepted: %s', async (queueUrl) => {
  wallet.app.receivers.allowPrivate = false;
  expect((await put({ kind: 'sqs', url: undefined, queueUrl })).status).toBe(201);
});

test.each([
  ['that no event has', `0000000000000000${'7fffffffffffffff'.repeat(2)}${'0'.repeat(32)}`],
  ['ahead of all events', undefined],
])('a replay from a cursor %s is refused', async (_, given) => {
  const { cursor } = (await put()).body.data;
  const after = given ?? `${cursor.slice(0, 16)}0000000fffffffff${'0'.repeat(48)}`;
  const reply = await wallet.call('subscribers/replay', { path: { name }, body: { after } });
  expect([reply.status, reply.body.error.details[0].path]).toEqual([400, 'after']);
  expect((await subscriber()).cursor).toBe(cursor);
});

test('the service does not call a host name that resolves to a private address', async () => {
  await put({ url: receiver.url.replace('http://127.0.0.1', 'https://localhost') });
  await topup();
  wallet.app.receivers.allowPrivate = false;
  await deliverUntil(async () => (await subscriber()).attempts === 1);
  expect((await subscriber()).lastError).toBe('localhost resolves to a private address');
});

test.each([
  [{ url: 'https://:secret@game.example/x' }, 'url', 'must hold no user or password'],
  [{ kind: 'sqs' }, 'url', 'is of the kind webhook alone'],
  [{ kind: 'webhook', url: undefined }, 'url', 'must be given for the kind webhook'],
  [{ kind: 'sqs', url: undefined, queueUrl: 'https://sqs.example/1/q' }, 'queueUrl', /FIFO/],
  [{ kind: 'pigeon' }, 'kind', /webhook, eventbridge or sqs/],
  [{ types: ['wallet.nothing'] }, 'types.0', /must be one of/],
])('%j is refused with an error that names the field', async (body, field, rule) => {
  const reply = await put(body);
  const fault = reply.body.error.details.find(({ path }: { path: string }) => path === field);
  expect([reply.status, fault.message]).toEqual([
    400,
    typeof rule === 'string' ? rule : expect.stringMatching(rule),
  ]);
});

test('a deleted subscriber is no longer listed and cannot be deleted again', async () => {
  const made = (await put()).body.data;
  const { data } = (await wallet.call('subscribers/delete', { path: { name } })).body;
  expect(data).toMatchObject({ name, kind: 'webhook', cursor: made.cursor });
  expect((await wallet.call('subscribers/list')).body.data.subscribers).toEqual([]);
  expect((await wallet.call('subscribers/delete', { path: { name } })).status).toBe(404);
});
