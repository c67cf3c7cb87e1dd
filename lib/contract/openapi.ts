import * as z from 'zod';
import { type ErrorCode, errorCatalogue } from '../base/errors';

/** What the document needs of a route's row. */
export interface OperationRow {
  id: string;
  method: string;
  path: string;
  scope: string;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  reply: z.ZodObject;
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
  admin: 'Accounts, assets and the audit.',
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

/** The OpenAPI 3.1 document of the route table. */
export function openApi(rows: readonly OperationRow[], examples: Examples, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const row of rows) {
    paths[row.path] = { ...paths[row.path], [row.method.toLowerCase()]: operationOf(row, examples[row.id]) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Game wallet',
      version,
      summary: 'A double-entry wallet for game platforms',
      description:
        'Amounts are decimal: a number or a decimal string in requests, a number in replies. A request that moves money carries an idempotency key: sent again, it is answered as the first time and moves nothing.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'Where this document is served' }],
    security: [],
    tags: [...new Set(rows.map(tagOf))].map((name) => ({ name, description: TAGS[name] })),
    paths,
    components: {
      schemas: { ErrorReply: errorSchema() },
      responses: sharedResponses(rows),
      headers: {
        RequestId: { description: 'Names this request in the logs.', schema: { type: 'string' } },
        Replayed: { description: '`true`: the first answer to this key, told again.', schema: { type: 'string', const: 'true' } },
        RetryAfter: { description: 'Seconds until it may be sent again.', schema: { type: 'integer' } },
      },
    },
  };
}

function operationOf(row: OperationRow, example: Examples[string] | undefined): Json {
  return {
    operationId: row.id,
    tags: [tagOf(row)],
    summary: row.summary,
    description:
      `Needs the scope \`${row.scope}\`. ${row.refuses.length > 0 ? `Refusals of its own, in the order in which they are decided: ${row.refuses.join(', ')}.` : ''}`.trim(),
    parameters: [...parametersOf(row.params, 'path'), ...parametersOf(row.query, 'query'), ...keyHeader(row)],
    ...(row.body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: schemaOf(row.body, 'input'),
            ...(example?.body !== undefined && { example: example.body }),
          },
        },
      },
    }),
    responses: { [row.status]: successOf(row, example), ...alsoFound(row), ...refusalsOf(row) },
  };
}

function tagOf({ id }: OperationRow): string {
  return id.split('/', 1)[0] ?? '';
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) {
    return [];
  }
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as { properties?: Json; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

function hasKey(row: OperationRow): boolean {
  return 'idempotencyKey' in (row.body?.shape ?? {});
}

function keyHeader(row: OperationRow): Json[] {
  const description = 'In place of the field of the body; when both are given they must agree.';
  const schema = { type: 'string', minLength: 1, maxLength: 255 };
  return hasKey(row) ? [{ name: 'Idempotency-Key', in: 'header', required: false, description, schema }] : [];
}

const REQUEST_ID = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };

function successOf(row: OperationRow, example: Examples[string] | undefined): Json {
  const schema = {
    type: 'object',
    required: ['success', 'data'],
    properties: { success: { const: true }, data: schemaOf(row.reply, 'output') },
  };
  return {
    description: row.status === 201 ? 'Done' : 'Found',
    headers: { ...REQUEST_ID, ...(hasKey(row) && { 'idempotency-replayed': { $ref: '#/components/headers/Replayed' } }) },
    content: { 'application/json': { schema, ...(example && { example: example.reply }) } },
  };
}

/** A PUT that found what it would have created. */
function alsoFound(row: OperationRow): Json {
  return row.method === 'PUT' && row.status === 201
    ? { 200: { ...successOf(row, undefined), description: 'It was there before' } }
    : {};
}

/** The statuses that an operation refuses with, and the codes of each. */
function statusesOf(row: OperationRow): [status: number, codes: ErrorCode[]][] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(row)) {
    const { status } = errorCatalogue[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus];
}

/** Operations that refuse with the same codes share one response, named after them. */
const responseName = (codes: ErrorCode[]): string => codes.join('.');

function refusalsOf(row: OperationRow): Json {
  return Object.fromEntries(
    statusesOf(row).map(([status, codes]) => [status, { $ref: `#/components/responses/${responseName(codes)}` }]),
  );
}

function sharedResponses(rows: readonly OperationRow[]): Json {
  return Object.fromEntries(
    rows.flatMap(statusesOf).map(([status, codes]) => [
      responseName(codes),
      {
        description: codes.map((code) => `\`${code}\`: ${errorCatalogue[code].meaning}`).join('\n\n'),
        headers: {
          ...REQUEST_ID,
          ...((status === 429 || status === 503) && { 'retry-after': { $ref: '#/components/headers/RetryAfter' } }),
        },
        content: {
          'application/json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/ErrorReply' },
                { type: 'object', properties: { error: { type: 'object', properties: { code: { enum: codes } } } } },
              ],
            },
          },
        },
      },
    ]),
  );
}

function errorSchema(): Json {
  return {
    type: 'object',
    required: ['success', 'error'],
    properties: {
      success: { const: false },
      error: {
        type: 'object',
        required: ['code', 'message', 'retryable', 'requestId'],
        properties: {
          code: { type: 'string' },
          message: { type: 'string' },
          retryable: { type: 'boolean', description: 'Whether the same request, with the same key, may pass later.' },
          requestId: { type: 'string' },
          details: { description: 'Of VALIDATION_ERROR a list of {path, message}; of others what they compare.' },
        },
      },
    },
  };
}

/** What a zod schema takes (`input`) or gives, as JSON Schema; of draft 4 for API Gateway. */
export function schemaOf(
  schema: z.ZodObject,
  io: 'input' | 'output',
  target: 'draft-2020-12' | 'draft-4' = 'draft-2020-12',
): Json {
  const { $schema, ...json } = z.toJSONSchema(schema, {
    io,
    target,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // Draft 4 knows no examples, and API Gateway refuses a model with a word that it does not know.
      if (target === 'draft-4') {
        delete jsonSchema.example;
      }
      // The only custom schema is that of a JSON object of any content.
      if (zodSchema._zod.def.type === 'custom') {
        jsonSchema.type = 'object';
      }
      // A number of a query arrives as text with a pattern; to callers it is a number.
      if (jsonSchema.type === 'integer') {
        delete jsonSchema.pattern;
      }
    },
  });
  return json;
}
