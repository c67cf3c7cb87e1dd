import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createGateway } from '../../../infra/local/gateway';
import { PATIENCE, type Patience } from '../../../infra/local/server';
import type { LambdaHandler } from '../../../lib/http/endpoint';

const gateways: FastifyInstance[] = [];
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()));
});

const answer: LambdaHandler = async () => ({ statusCode: 200, body: '{"success":true}' });
/** A gateway that listens, and its port. */
async function open(handler: LambdaHandler, patience: Partial<Patience> = {}): Promise<[FastifyInstance, number]> {
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
const POST = 'POST /api/transactions/topup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n';

describe('a slow client', () => {
  const SHORT = { headersTimeout: 100, requestTimeout: 200, keepAliveTimeout: 100, timeout: 400 };
  const late = expect.stringMatching(/^HTTP\/1.1 400 [\s\S]*"path":"request","message":"did not arrive in time"/);

  test.each([
    ['connects and sends nothing', ''],
    ['sends half a header', 'GET /health HTTP/1.1\r\nHos'],
    ['sends half a body', `${POST}{"userId":`],
  ])('that %s is told that its request did not arrive in time, and disconnected', async (_, text) => {
    const [, port] = await open(answer, SHORT);
    expect(await talk(port, text).ended).toEqual(late);
  });

  test('that sends a body drop by drop has no more time than others', async () => {
    const [, port] = await open(answer, SHORT);
    const { socket, ended } = talk(port, POST);
    const drops = setInterval(() => socket.writable && socket.write('x'), 20);
    expect(await ended).toEqual(late);
    clearInterval(drops);
  });

  test('that never reads its answer is disconnected', async () => {
    const large = JSON.stringify({ data: 'x'.repeat(20_000_000) });
    const [gateway, port] = await open(async () => ({ statusCode: 200, body: large }), SHORT);
    const disconnected = once(gateway.server, 'connection').then(([socket]: Socket[]) => once(socket as Socket, 'close'));
    const socket = connect(port, '127.0.0.1', () => socket.write(GET)).on('error', () => undefined);
    socket.pause();
    await disconnected;
    socket.destroy();
  });

  test('that keeps its connection without asking anything more is disconnected', async () => {
    const [, port] = await open(answer, SHORT);
    expect(await talk(port, GET).ended).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('closing', () => {
  test.each([
    ['nothing', ''],
    ['half a header', 'GET /health HTTP/1.1\r\nHos'],
    ['half a body', `${POST}{"userId":`],
    ['one request, and half of another', `${GET}GET /health HTTP/1.1\r\nHos`],
  ])('waits for a client that has sent %s, and no longer than it must', async (_, text) => {
    const [gateway, port] = await open(answer, { arrivalTimeout: 100 });
    const connected = once(gateway.server, 'connection');
    const { ended } = talk(port, text);
    await connected;
    await gateway.close();
    expect(await ended).not.toMatch(/ECONNREFUSED/);
  });

  test('answers a request whose second half comes while it closes', async () => {
    const [gateway, port] = await open(answer, { arrivalTimeout: 60_000 });
    const connected = once(gateway.server, 'connection');
    const { socket, ended } = talk(port, `${POST}{"userId":`);
    await connected;
    const closed = gateway.close();
    socket.write('"x"'.padEnd(90, ' '));
    expect(await ended).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close/i);
    await closed;
  });

  test('answers every connection that was accepted, by it or by the system on its behalf', async () => {
    for (let round = 0; round < 5; round++) {
      const [gateway, port] = await open(answer);
      const talks = Array.from({ length: 64 }, () => talk(port, GET.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n')));
      await once(gateway.server, 'connection');
      await gateway.close();
      const answers = await Promise.all(talks.map(({ ended }) => ended));
      expect(answers.filter((came) => !/^HTTP\/1.1 200 |^ECONNREFUSED$/.test(came))).toEqual([]);
    }
  });
});
