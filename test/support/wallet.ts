import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { Client } from 'pg';
import { type Route, type RouteId, routes } from '../../functions/routes';
import { SQL_FOLDER } from '../../infra/local/database';
import { loadHandler } from '../../infra/local/gateway';
import { type App, createApp, useApp } from '../../lib/app/app';
import type { ServiceConfig } from '../../lib/app/config';
import { groupValues } from '../../lib/base/groups';
import { errorsOf } from '../../lib/contract/openapi';
import {
  type AdminConnection,
  createDatabase,
  migrate,
  seed,
  setPasswords,
  withAdmin,
} from '../../lib/db/migrate';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { toContext, toEvent } from '../../lib/http/gateway-event';
import { cloneOnNodes, createEmpty, dropOnNodes } from './citus';
import { deploy } from './deployment';
import { handlersPort, PASSWORDS, TEMPLATE, testNodes, testServer } from './server';

export interface Request {
  path?: Record<string, string> | undefined;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** What the caller's token allows, separated by spaces; absent: nobody was asked for a token. */
  scopes?: string;
  /** The invocation's time, 29 s unless told. */
  timeoutMillis?: number;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire gave.
  body: any;
}

export interface TestWallet {
  admin: AdminConnection;
  config: ServiceConfig;
  app: App;
  /** Lines that the service logged. */
  lines: string[];
  /**
   * A route's handler: in this process, or of npm run test:artefact the function as AWS gets it, in
   * containers.
   */
  load(route: Route): Promise<LambdaHandler>;
  /** One event through the endpoint's own handler. */
  call(id: RouteId, request?: Request): Promise<Reply>;
  /** As the superuser. */
  // biome-ignore lint/suspicious/noExplicitAny: rows of any query.
  sql(text: string, values?: unknown[]): Promise<any[]>;
  close(): Promise<void>;
}

export interface WalletOptions {
  database?: Partial<ServiceConfig['database']>;
  service?: Partial<ServiceConfig>;
  /**
   * Migrate an empty database: a clone of the template lacks what belongs to the database itself, such as the
   * right to connect.
   */
  fresh?: boolean;
  /** The level of the service's transactions, where it is not that of the role. */
  isolation?: IsolationLevel;
  /** A server of the test's own, which it may break; a fresh one is migrated there. */
  server?: AdminConnection & { host: string; port: number };
}

/** The promises hold at both: by locks alone at the second. */
export const ISOLATION_LEVELS = ['serializable', 'repeatable read'] as const;
export type IsolationLevel = (typeof ISOLATION_LEVELS)[number];

/**
 * A wallet on a database of its own, with the seed data, behind the real handlers. One at a time per test
 * file.
 */
export async function openWallet(options: WalletOptions = {}): Promise<TestWallet> {
  const server = options.server ?? testServer();
  const fresh = options.fresh || options.server !== undefined;
  // On a server of its own it is the title that the service looks for there.
  const name = options.server ? 'wallet' : `wallet_${randomUUID().replaceAll('-', '')}`;
  const admin = { ...server, database: name };
  const distribute = options.server === undefined && testNodes().length > 0;
  if (distribute) {
    await (fresh ? createEmpty(name) : cloneOnNodes(name));
  } else {
    await createDatabase(server, name, fresh ? 'template1' : TEMPLATE);
  }
  if (fresh) {
    await migrate(admin, SQL_FOLDER, undefined, { distribute });
    await seed(admin, SQL_FOLDER);
    await setPasswords(admin, PASSWORDS);
  }
  if (options.isolation !== undefined) {
    const setting = `default_transaction_isolation = '${options.isolation}'`;
    await withAdmin(admin, (client) =>
      client.query(`ALTER ROLE wallet_app IN DATABASE ${name} SET ${setting}`),
    );
  }
  // Of keys and anchors.
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-keys-'));
  const config: ServiceConfig = {
    database: {
      host: server.host,
      // A run may go through a pooler in transaction mode; a server of the test's own has none.
      port: options.server === undefined ? handlersPort() : server.port,
      name,
      tls: false,
      writer: { user: 'wallet_app', password: PASSWORDS.wallet_app },
      reader: { user: 'wallet_reader', password: PASSWORDS.wallet_reader },
      poolMin: 0,
      poolMax: 64,
      preparedStatements: options.server !== undefined || handlersPort() === server.port,
      ...options.database,
    },
    requestBudgetMillis: 25_000,
    retryAttempts: 100,
    logLevel: 'debug',
    serviceName: 'wallet',
    metrics: false,
    webhooks: { key: { file: path.join(folder, 'webhooks.key') }, allowPrivate: true },
    checkpoints: {
      key: { file: path.join(folder, 'checkpoints.key') },
      anchors: path.join(folder, 'anchors'),
    },
    ...options.service,
  };
  const lines: string[] = [];
  const write = (line: string): void => {
    lines.push(line);
  };
  const app = createApp(config, { debug: write, info: write, warn: write, error: write });
  useApp(app);
  const deployed = await deploy(config, write);
  const load = deployed?.load ?? loadHandler;
  let superuser: Client | undefined;
  const connected = async (): Promise<Client> => {
    if (superuser === undefined) {
      const client = new Client(admin);
      client.on('error', () => undefined);
      client.on('end', () => {
        superuser = undefined;
      });
      await client.connect();
      superuser = client;
    }
    return superuser;
  };
  return {
    admin,
    config,
    app,
    lines,
    load,
    call: (id, request = {}) => invoke(load, id, request),
    sql: async (text, values = []) => (await (await connected()).query(text, values)).rows,
    async close() {
      deployed?.close();
      await app.close();
      await superuser?.end();
      if (distribute) {
        await dropOnNodes(name);
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function key(): string {
  return `key-${randomUUID()}`;
}

/** Opens accounts for tests that do not want the users of the seed data. */
export async function openAccounts(wallet: TestWallet, ...userIds: string[]): Promise<void> {
  for (const userId of userIds) {
    await wallet.call('admin/put-account', { path: { userId } });
  }
}

/** A user's balance of one asset, as the wire tells it. */
export async function balanceOf(wallet: TestWallet, userId: string, assetCode: string): Promise<number> {
  const reply = await wallet.call('wallet/balance', { path: { userId }, query: { assetCode } });
  return reply.body.data.balances[0].balance;
}

/** As a posting that has claimed its key and not ended; in a transaction that the test opened. */
export async function claimKey(wallet: TestWallet, idempotencyKey: string): Promise<void> {
  const [{ id, row }] = (await wallet.sql(
    `SELECT id_of(home, $1) AS id, (SELECT json_object_agg(key, value) FROM jsonb_each_text(row)) AS row
     FROM (SELECT home, to_jsonb(j) AS row FROM journal j
       WHERE idempotency_key = 'seed:user_001:GOLD_COIN') AS j`,
    [idempotencyKey],
  )) as [{ id: string; row: object }];
  const claim = { ...row, id, idempotency_key: idempotencyKey };
  await wallet.sql(
    `INSERT INTO journal (${Object.keys(claim)})
     VALUES (${Object.keys(claim).map((_, index) => `$${index + 1}`)})`,
    Object.values(claim),
  );
}

async function invoke(load: TestWallet['load'], id: RouteId, request: Request): Promise<Reply> {
  const route = routes[id];
  const url = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(request.path?.[name] ?? ''),
  );
  const search = new URLSearchParams(request.query ?? {}).toString();
  const headers = {
    ...(request.body !== undefined && { 'content-type': 'application/json' }),
    ...request.headers,
  };
  const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
  const event = toEvent({
    method: route.method,
    resource: route.path,
    url: search === '' ? url : `${url}?${search}`,
    headers: groupValues(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    pathParameters: Object.fromEntries(
      Object.entries(request.path ?? {}).map(([name, value]) => [name, encodeURIComponent(value)]),
    ),
    body: body === undefined ? undefined : Buffer.from(body),
    sourceIp: '127.0.0.1',
    authorizer: request.scopes === undefined ? undefined : { principalId: 'tester', scopes: request.scopes },
  });
  const handler = await load(route);
  const reply = readReply(await handler(event, toContext(id, request.timeoutMillis ?? 29_000)));
  // Whatever a test does, an endpoint answers what its row declares.
  const code = reply.body.error?.code;
  if (code !== undefined && !errorsOf(route).includes(code)) {
    throw new Error(`${id} answered ${code}, which its row does not declare`);
  }
  return reply;
}

export function readReply(result: APIGatewayProxyResult): Reply {
  const headers = (result.headers ?? {}) as Record<string, string>;
  return {
    status: result.statusCode,
    headers,
    body: headers['content-type']?.startsWith('text/') ? result.body : JSON.parse(result.body),
  };
}
