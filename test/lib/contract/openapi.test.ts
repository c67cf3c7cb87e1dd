import { readFile, writeFile } from 'node:fs/promises';
import { createConfig, lint } from '@redocly/openapi-core';
import type { FastifyInstance } from 'fastify';
import { type RouteId, routeList, routes } from '../../../functions/routes';
import { createGateway } from '../../../infra/local/gateway';
import { openApi } from '../../../lib/contract/openapi';
import { SCOPES } from '../../../lib/contract/scopes';
import { recordExamples } from '../../support/examples';
import { checkpoint } from '../../support/follower';
import { openWallet, type Reply, type Request, type TestWallet } from '../../support/wallet';

const FILE = 'generated/openapi.json';

let wallet: TestWallet;
let gateway: FastifyInstance;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<
    typeof createGateway
  >[0]['logger'];
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

test('openapi.json matches the routes and real replies (npm run openapi writes it)', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const document = `${JSON.stringify(openApi(routeList, await recordExamples(send, () => checkpoint(wallet)), version), null, 2)}\n`;
  if (process.env.WRITE_OPENAPI === '1') {
    await writeFile(FILE, document);
  }
  expect(document).toBe(await readFile(FILE, 'utf8'));
});

test('a linter finds no fault in openapi.json', async () => {
  const config = await createConfig({ extends: ['recommended'] });
  const problems = await lint({ ref: FILE, config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  description: string;
  security: object[];
  parameters?: { name: string; description?: string; schema: Json }[];
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, { content: { 'application/json': { schema: { properties: { data: Json } } } } }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

const readDocument = async (): Promise<Document> => JSON.parse(await readFile(FILE, 'utf8'));

async function operations(): Promise<
  { id: string; route: (typeof routeList)[number]; operation: Operation }[]
> {
  const { paths } = await readDocument();
  return routeList.map((route) => {
    const operation = paths[route.path]?.[route.method.toLowerCase()] as Operation;
    return { id: route.id, route, operation };
  });
}

/** Every object with fields of its own inside a schema, by its place. */
function shapesIn(value: unknown, place: string): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const within = Object.entries(value).flatMap(([name, inner]) => shapesIn(inner, `${place}/${name}`));
  return 'properties' in value ? [place, ...within] : within;
}

test('every object in a body or a reply is a named schema', async () => {
  const { schemas } = (await readDocument()).components;
  const shapes = Object.entries(schemas).flatMap(([name, schema]) => shapesIn(schema, name));
  expect(shapes.filter((place) => !(place in schemas))).toEqual([]);
  const reference = { $ref: expect.stringMatching(/^#\/components\/schemas\/[A-Z][A-Za-z]+$/) };
  for (const { id, route, operation } of await operations()) {
    const { data } = operation.responses[route.status]?.content['application/json'].schema.properties ?? {};
    const body = operation.requestBody?.content['application/json'].schema;
    expect([id, data, body]).toEqual([id, reference, route.body === undefined ? undefined : reference]);
  }
});

test('replies may gain fields, but requests may not', async () => {
  const { schemas } = (await readDocument()).components;
  const closed = Object.keys(schemas).filter((name) => schemas[name]?.additionalProperties === false);
  expect(closed).toEqual(
    Object.keys(schemas).filter((name) =>
      /(Request|^Exchanged(From|To)|^CreditCost|^OnlyLots|^Batch(?!Reply).*)$/.test(name),
    ),
  );
});

test('the key is optional in a body, as a header may hold it, but not in a batch element', async () => {
  const { schemas } = (await readDocument()).components;
  const keyed = Object.entries(schemas).filter(([name, { properties = {} }]) => {
    return name !== 'TransactionReply' && 'idempotencyKey' in (properties as Json);
  });
  expect(keyed.length).toBeGreaterThan(10);
  for (const [name, { properties, required }] of keyed) {
    const { description } = (properties as Record<string, { description: string }>).idempotencyKey ?? {};
    const ofBatch = name.startsWith('Batch');
    expect([
      name,
      (required as string[]).includes('idempotencyKey'),
      description?.includes('One of both is needed'),
    ]).toEqual([name, ofBatch, !ofBatch]);
  }
});

test('each operation has a unique name for code, states its scopes and asks for a token', async () => {
  const all = await operations();
  expect(all.map(({ operation }) => operation.operationId)).toContain('walletTopup');
  expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
  for (const { id, route, operation } of all) {
    const open = route.scope === 'public';
    expect([id, operation.operationId]).toEqual([id, expect.stringMatching(/^[a-z][A-Za-z]+$/)]);
    expect([id, operation.security]).toEqual([id, open ? [] : [{ token: [] }]]);
    expect([id, operation.description]).toEqual([
      id,
      expect.stringContaining(
        open ? 'Needs no token.' : `Needs one of the scopes \`${SCOPES[route.scope].join('`, `')}\`.`,
      ),
    ]);
  }
});

test('every parameter has a description, and times, ids and defaults are declared', async () => {
  const parameters = (await operations()).flatMap(({ id, operation }) =>
    (operation.parameters ?? []).map((parameter) => ({ id, ...parameter })),
  );
  expect(parameters.filter(({ description = '' }) => !description.endsWith('.'))).toEqual([]);
  const formatOf = (name: string) =>
    new Set(parameters.filter((one) => one.name === name).map(({ schema }) => schema.format));
  expect(['from', 'at', 'holdId'].map((name) => [...formatOf(name)])).toEqual([
    ['date-time'],
    ['date-time'],
    ['uuid'],
  ]);
  expect(parameters.find(({ name }) => name === 'limit')?.schema).toMatchObject({
    type: 'integer',
    default: 50,
  });
});

test('openapi.json holds exactly the routes of the table', async () => {
  const { paths } = JSON.parse(await readFile(FILE, 'utf8')) as { paths: Record<string, object> };
  const held = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(held.sort()).toEqual(routeList.map(({ method, path }) => `${method} ${path}`).sort());
});

test('the gateway serves openapi.json and a page that loads nothing from other hosts', async () => {
  expect((await gateway.inject('/openapi.json')).json().openapi).toBe('3.1.0');
  const page = await gateway.inject('/docs');
  expect(page.headers['content-type']).toContain('text/html');
  const links = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '');
  for (const link of links.filter((one) => one !== 'data:,')) {
    expect([link, (await gateway.inject(link)).statusCode]).toEqual([link, 200]);
  }
});
