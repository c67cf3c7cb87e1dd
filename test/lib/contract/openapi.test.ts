import { readFile, writeFile } from 'node:fs/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import type { FastifyInstance } from 'fastify';
import { type RouteId, routeList, routes } from '../../../functions/routes';
import { createGateway } from '../../../infra/local/gateway';
import { openApi } from '../../../lib/contract/openapi';
import { recordExamples } from '../../support/examples';
import { openWallet, type Reply, type Request, type TestWallet } from '../../support/wallet';

const FILE = 'lib/contract/openapi.json';

let wallet: TestWallet;
let gateway: FastifyInstance;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<typeof createGateway>[0]['logger'];
  gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger, load: wallet.load });
});
afterAll(async () => {
  await gateway.close();
  await wallet.close();
});

/** Over the gateway's HTTP. */
async function send(id: RouteId, request: Request): Promise<Reply> {
  const { method, path } = routes[id];
  const reply = await gateway.inject({
    method,
    url: path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(request.path?.[name] ?? '')),
    ...(request.query && { query: request.query }),
    ...(request.body !== undefined && { payload: request.body as object }),
  });
  return { status: reply.statusCode, headers: reply.headers as Record<string, string>, body: reply.json() };
}

test('openapi.json is what the route table makes, with examples that the service answered (npm run openapi writes it)', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const document = `${JSON.stringify(openApi(routeList, await recordExamples(send), version), null, 2)}\n`;
  if (process.env.WRITE_OPENAPI === '1') {
    await writeFile(FILE, document);
  }
  expect(document).toBe(await readFile(FILE, 'utf8'));
});

test('a linter finds nothing wrong with it', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lint({ ref: FILE, config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
});

test('it holds the routes of the table, no more and no fewer', async () => {
  const { paths } = JSON.parse(await readFile(FILE, 'utf8')) as { paths: Record<string, object> };
  const held = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(held.sort()).toEqual(routeList.map(({ method, path }) => `${method} ${path}`).sort());
});

test('the gateway serves it, and a page that needs nothing from elsewhere', async () => {
  expect((await gateway.inject('/openapi.json')).json().openapi).toBe('3.1.0');
  const page = await gateway.inject('/docs');
  expect(page.headers['content-type']).toContain('text/html');
  const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
  for (const link of links.filter((one) => one !== 'data:,')) {
    expect([link, (await gateway.inject(link)).statusCode]).toEqual([link, 200]);
  }
});
