import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createGateway } from '../../../infra/local/gateway';
import { type DrainingServer, PATIENCE, type Patience } from '../../../infra/local/server';
import { sleep } from '../../../lib/base/time';
import type { LambdaHandler } from '../../../lib/http/endpoint';

const gateways: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

const answer: LambdaHandler = async () => ({ statusCode: 200, body: '{"success":true}' });
/** A gateway that listens, and its port. */
async function open(
  handler: LambdaHandler,
  patience: Partial<Patience> = {},
): Promise<[FastifyInstance, number]> {
  const logger = { http: () => undefined, error: () => undefined } as never;
  const load = async () => handler;
  const gateway = await createGateway({
    rateLimitPerMinute: 0,
    corsOrigin: '*',
    logger,
    load,
    patience: { ...PATIENCE, ...patience },
  });
  gateways.push(gateway);
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  return [gateway, (gateway.server.address() as AddressInfo).port];
}

interface Talk {
  socket: Socket;
  /** All that came until the connection ended; its error's code when nothing did. */
  ended: Promise<string>;
}

function talk(port: number, text = ''): Talk {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  let came = '';
  socket.on('data', (chunk) => {
    came += chunk;
  });
  const ended = new Promise<string>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(came || (error.code ?? '')));
    socket.once('close', () => resolve(came));
  });
  return { socket, ended };
}

const GET = 'GET /health HTTP/1.1\r\nHost: a\r\n\r\n';
const POST =
  'POST /api/transactions/topup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n';

describe('a slow client', () => {
  const SHORT = { headersTimeout: 100, requestTimeout: 200, keepAliveTimeout: 100, timeout: 400 };
  const late = expect.stringMatching(
    /^HTTP\/1.1 400 [\s\S]*"path":"request","message":"did not arrive in time"/,
  );

  test.each([
    ['connects and sends nothing', ''],
    ['sends half a header', 'GET /health HTTP/1.1\r\nHos'],
    ['sends half a body', `${POST}{"userId":`],
  ])('that %s gets the error "did not arrive in time" and is disconnected', async (_, text) => {
    const [, port] = await open(answer, SHORT);
    expect(await talk(port, text).ended).toEqual(late);
  });

  test('that sends a body drop by drop gets no more time than others', async () => {
    const [, port] = await open(answer, SHORT);
    const { socket, ended } = talk(port, POST);
    const drops = setInterval(() => socket.writable && socket.write('x'), 20);
    expect(await ended).toEqual(late);
    clearInterval(drops);
  });

  test('that never reads its reply is disconnected', async () => {
    const large = JSON.stringify({ data: 'x'.repeat(20_000_000) });
    const [gateway, port] = await open(async () => ({ statusCode: 200, body: large }), SHORT);
    const disconnected = once(gateway.server, 'connection').then(([socket]: Socket[]) =>
      once(socket as Socket, 'close'),
    );
    const socket = connect(port, '127.0.0.1', () => socket.write(GET)).on('error', () => undefined);
    socket.pause();
    await disconnected;
    socket.destroy();
  });

  test('that reads its reply slowly gets all of it, however long that takes', async () => {
    const large = JSON.stringify({ data: 'x'.repeat(60_000_000) });
    const [, port] = await open(async () => ({ statusCode: 200, body: large }), { ...SHORT, timeout: 1_000 });
    const { socket, ended } = talk(port, GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'));
    // In all it takes longer than any of these times, but something is read within each of them.
    let unpaused = 0;
    socket.on('data', ({ length }) => {
      unpaused += length;
      if (unpaused > 2_000_000) {
        unpaused = 0;
        socket.pause();
        setTimeout(() => socket.resume(), 100);
      }
    });
    expect((await ended).endsWith(large)).toBe(true);
  });

  test('that keeps its connection open without a new request is disconnected', async () => {
    const [, port] = await open(answer, SHORT);
    expect(await talk(port, GET).ended).toMatch(/^HTTP\/1.1 200 /);
  });
});

/** A handler that answers when it is told to, and when it has been called. */
function heldHandler(): { handler: LambdaHandler; called: Promise<void>; release: () => void } {
  let [call, release]: (() => void)[] = [];
  const called = new Promise<void>((resolve) => {
    call = resolve;
  });
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const handler: LambdaHandler = async (...args) => {
    call?.();
    await released;
    return answer(...args);
  };
  return { handler, called, release: () => release?.() };
}

describe('closing', () => {
  test('ends a kept-alive connection after its reply, which announces the end', async () => {
    const { handler, called, release } = heldHandler();
    const [gateway, port] = await open(handler);
    const { ended } = talk(port, GET);
    await called;
    const closed = gateway.close();
    await sleep(100);
    release();
    expect(await ended).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close/i);
    await closed;
  });

  test('answers a request even if a half-sent one follows it on the same connection', async () => {
    const { handler, called, release } = heldHandler();
    const [gateway, port] = await open(handler, { arrivalTimeout: 100 });
    const { ended } = talk(port, `${GET}${POST}{`);
    await called;
    const closed = gateway.close();
    await sleep(300);
    release();
    expect(await ended).toMatch(/^HTTP\/1.1 200 /);
    await closed;
  });

  test('answers the pending requests on every address, and then listens on none', async () => {
    const { handler, called, release } = heldHandler();
    const [gateway] = await open(handler);
    const { port } = await (gateway.server as DrainingServer).listenAlso('127.0.0.1', 0);
    const { ended } = talk(port, GET);
    await called;
    const closed = gateway.close();
    release();
    expect(await ended).toMatch(/^HTTP\/1.1 200 /);
    await closed;
    expect(await talk(port).ended).toBe('ECONNREFUSED');
  });

  test.each([
    ['nothing', ''],
    ['half a header', 'GET /health HTTP/1.1\r\nHos'],
    ['half a body', `${POST}{"userId":`],
    ['one request, and half of another', `${GET}GET /health HTTP/1.1\r\nHos`],
  ])('waits for a client that has sent %s, but only for a limited time', async (_, text) => {
    const [gateway, port] = await open(answer, { arrivalTimeout: 100 });
    const connected = once(gateway.server, 'connection');
    const { ended } = talk(port, text);
    await connected;
    await gateway.close();
    expect(await ended).not.toMatch(/ECONNREFUSED/);
  });

  test('answers a request whose second half arrives during the closing', async () => {
    const [gateway, port] = await open(answer, { arrivalTimeout: 60_000 });
    const connected = once(gateway.server, 'connection');
    const { socket, ended } = talk(port, `${POST}{"userId":`);
    await connected;
    const closed = gateway.close();
    socket.write('"x"'.padEnd(90, ' '));
    expect(await ended).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close/i);
    await closed;
  });

  test('answers every connection that it or the operating system has accepted', async () => {
    for (let round = 0; round < 5; round++) {
      const [gateway, port] = await open(answer);
      const talks = Array.from({ length: 64 }, () =>
        talk(port, GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')),
      );
      await once(gateway.server, 'connection');
      await gateway.close();
      const answers = await Promise.all(talks.map(({ ended }) => ended));
      expect(answers.filter((came) => !/^HTTP\/1.1 200 |^ECONNREFUSED$/.test(came))).toEqual([]);
    }
  });
});
