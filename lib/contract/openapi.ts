import * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { type ErrorCode, errorCatalogue } from '../base/errors';
import { idempotencyKey } from './common';
import { INTRODUCTION } from './introduction';
import { adapt, KEY_PLACES } from './models';
import { type RouteScope, SCOPES } from './scopes';

/** What the document needs of a route's row. */
export interface OperationRow {
  id: string;
  method: string;
  path: string;
  scope: RouteScope;
  summary: string;
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  reply: z.ZodObject | z.ZodUnion;
  csv?: unknown;
  status: number;
  refuses: readonly ErrorCode[];
}

/** A request and its answer as a test sent and got them, by route id. */
export type Examples = Record<string, { body?: unknown; reply: unknown }>;

type Json = Record<string, unknown>;

/** By the folder of the endpoint's file. */
const TAGS: Record<string, string> = {
  wallet: 'Move money, and see what was moved.',
  holds: 'Reserve money, and spend or release what was reserved.',
  admin: 'Accounts, assets, the ledger and its reports.',
  events: 'Every change, in the order in which it was committed.',
  subscribers: 'Who is sent events: webhooks, EventBridge and SQS.',
  proofs: 'Signed checkpoints, and proofs that a transaction is in them.',
  system: 'The service itself.',
};

const BEFORE_BODY: ErrorCode[] = ['ROUTE_NOT_FOUND', 'RATE_LIMITED'];
const OF_CALLER: ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN'];
const OF_BODY: ErrorCode[] = ['PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'MALFORMED_JSON'];
const OF_SERVICE: ErrorCode[] = ['DATABASE_UNAVAILABLE', 'INTERNAL'];

/** Every code that an operation may answer, in the order in which they are decided. */
export function errorsOf(row: OperationRow): ErrorCode[] {
  const codes = new Set<ErrorCode>([
    ...BEFORE_BODY,
    ...(row.scope === 'public' ? [] : OF_CALLER),
    ...OF_BODY,
    'VALIDATION_ERROR',
    ...row.refuses,
    ...(row.method === 'GET' ? [] : (['CONTENTION'] as const)),
    ...OF_SERVICE,
  ]);
  return (Object.keys(errorCatalogue) as ErrorCode[]).filter((code) => codes.has(code));
}

/** A route's id as a name in code: admin/put-account is adminPutAccount. */
export function operationIdOf({ id }: Pick<OperationRow, 'id'>): string {
  return id.replace(/[/-](\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** The OpenAPI 3.1 document of the route table. */
export function openApi(rows: readonly OperationRow[], examples: Examples, version: string): Json {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const row of rows) {
    paths[row.path] = { ...paths[row.path], [row.method.toLowerCase()]: operationOf(row, examples[row.id]) };
  }
  const bodies = rows.map(({ body }) => body);
  const document = createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'Game wallet',
        version,
        description: INTRODUCTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'Where this document is served' }],
      tags: [...new Set(rows.map(tagOf))].map((name) => ({ name, description: TAGS[name] ?? name })),
      paths,
      components: {
        responses: sharedRefusals(rows),
        securitySchemes: {
          [TOKEN]: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'An access token of the issuer that the service trusts.',
          },
        },
      },
    },
    { override: (context) => adapt(context, bodies) },
  );
  return document as unknown as Json;
}

/** The name of the security scheme. */
const TOKEN = 'token';

function operationOf(row: OperationRow, example: Examples[string] | undefined): ZodOpenApiOperationObject {
  return {
    operationId: operationIdOf(row),
    tags: [tagOf(row)],
    summary: row.summary,
    description: descriptionOf(row),
    security: row.scope === 'public' ? [] : [{ [TOKEN]: [] }],
    requestParams: {
      ...(row.params && { path: row.params }),
      ...(row.query && { query: row.query }),
      ...(hasKey(row) && { header: keyHeader }),
    },
    ...(row.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: row.body,
            ...(example?.body !== undefined && { example: example.body }),
          },
        },
      },
    }),
    responses: { [row.status]: successOf(row, example), ...alsoFound(row), ...refusalsOf(row) },
  };
}

function descriptionOf({ description, scope, refuses }: OperationRow): string {
  return [
    ...(description === undefined ? [] : [description]),
    scope === 'public'
      ? 'Needs no token.'
      : `Needs one of the scopes ${SCOPES[scope].map((name) => `\`${name}\``).join(', ')}.`,
    ...(refuses.length === 0
      ? []
      : [`Refusals of its own, in the order in which they are decided: ${refuses.join(', ')}.`]),
  ].join('\n\n');
}

function tagOf({ id }: OperationRow): string {
  return id.split('/', 1)[0] ?? '';
}

function hasKey(row: OperationRow): boolean {
  return 'idempotencyKey' in (row.body?.shape ?? {});
}

/** Without an example: pages fill examples in, and it would not agree with that of the body. */
const keyHeader = z.object({
  'Idempotency-Key': idempotencyKey.optional().meta({ description: KEY_PLACES, example: undefined }),
});

const requestId = z
  .string()
  .meta({ header: { id: 'RequestId' }, description: 'Names this request in the logs.' });
const replayed = z
  .literal('true')
  .optional()
  .meta({ header: { id: 'Replayed' }, description: '`true`: the first answer to this key, told again.' });
const retryAfter = z.number().meta({
  type: 'integer',
  header: { id: 'RetryAfter' },
  description: 'Seconds until it may be sent again.',
});

function successOf(row: OperationRow, example: Examples[string] | undefined): ZodOpenApiResponseObject {
  return {
    description: row.status === 201 ? 'Done' : 'Found',
    headers: z.object({
      'x-request-id': requestId,
      ...(hasKey(row) && { 'idempotency-replayed': replayed }),
    }),
    content: {
      'application/json': {
        schema: z.object({ success: z.literal(true), data: row.reply }),
        ...(example && { example: example.reply }),
      },
      ...(row.csv !== undefined && { 'text/csv': { schema: z.string() } }),
    },
  };
}

/** A PUT that found what it would have created. */
function alsoFound(row: OperationRow): Record<string, ZodOpenApiResponseObject> {
  return row.method === 'PUT' && row.status === 201
    ? { 200: { ...successOf(row, undefined), description: 'It was there before' } }
    : {};
}

/** The statuses that an operation refuses with, and the codes of each. */
function statusesOf(row: OperationRow): [status: number, codes: ErrorCode[]][] {
  const codes = errorsOf(row);
  const statuses = [...new Set(codes.map((code) => errorCatalogue[code].status))];
  return statuses.map((status) => [status, codes.filter((code) => errorCatalogue[code].status === status)]);
}

/** Operations that refuse with the same codes share one response, named after them. */
const responseName = (codes: ErrorCode[]): string => codes.join('.');

function refusalsOf(row: OperationRow): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statusesOf(row).map(([status, codes]) => [
      status,
      { $ref: `#/components/responses/${responseName(codes)}` },
    ]),
  );
}

function sharedRefusals(rows: readonly OperationRow[]): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    rows.flatMap(statusesOf).map(([status, codes]) => [
      responseName(codes),
      {
        description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].meaning}`).join('\n\n'),
        headers: z.object({
          'x-request-id': requestId,
          ...((status === 429 || status === 503) && { 'retry-after': retryAfter }),
        }),
        content: {
          'application/json': {
            schema: z.intersection(errorReply, z.object({ error: z.object({ code: z.enum(codes) }) })),
          },
        },
      },
    ]),
  );
}

const errorReply = z
  .object({
    success: z.literal(false),
    error: z
      .object({
        code: z.string(),
        message: z
          .string()
          .meta({ description: 'For people. It may change at any time.', example: 'what went wrong' }),
        retryable: z
          .boolean()
          .meta({ description: 'Whether the same request, with the same key, may pass later.' }),
        requestId: z.string().meta({ example: '019aaaaa-0000-7000-8000-000000000000' }),
        details: z.unknown().optional().meta({
          description: 'Of VALIDATION_ERROR a list of {path, message}; of others what they compare.',
          example: {},
        }),
      })
      .meta({ id: 'ReplyError' }),
  })
  .meta({ id: 'ErrorReply' });
