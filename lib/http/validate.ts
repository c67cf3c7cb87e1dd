import * as z from 'zod';
import { type Issue, invalid, WalletError } from '../base/errors';
import type { Invocation } from './invocation';

/** The request part of a route's row. */
export interface RequestSchemas {
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
}

type Part<Schema> = Schema extends z.ZodObject ? z.output<Schema> : unknown;

/** Path, query and body in one object, as the schemas made them. */
export type Input<Row extends RequestSchemas> = Part<Row['params']> & Part<Row['query']> & Part<Row['body']>;

const KEY = 'idempotencyKey';
const NOTHING = z.strictObject({});

/** Checks the whole request against its row and reports every broken rule at once. Throws VALIDATION_ERROR. */
export function validate<Row extends RequestSchemas>(schemas: Row, invocation: Invocation): Input<Row> {
  const issues: Issue[] = [];
  const take = (schema: z.ZodObject, value: unknown): object => {
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) {
      return result.data;
    }
    issues.push(...result.error.issues.flatMap(toIssues));
    return {};
  };
  const input = {
    ...(schemas.params && take(schemas.params, decodePath(invocation.params))),
    ...take(schemas.query ?? NOTHING, singleValues(invocation.query)),
    ...(schemas.body && take(schemas.body, withIdempotencyKey(schemas.body, invocation))),
  };
  if (issues.length > 0) {
    throw new WalletError('VALIDATION_ERROR', undefined, issues);
  }
  return input as Input<Row>;
}

/** API Gateway hands path parameters on as they were sent. */
function decodePath(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        throw invalid(name, 'is not valid percent-encoding');
      }
    }),
  );
}

function singleValues(query: Record<string, string[]>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(query).map(([name, values]) => {
      if (values.length > 1) {
        throw invalid(name, 'must be given once');
      }
      return [name, values[0]];
    }),
  );
}

/** The key may come in the body or as a header; when both are given they must agree. */
function withIdempotencyKey(schema: z.ZodObject, { body, headers }: Invocation): unknown {
  const [header, ...others] = new Set(headers['idempotency-key']);
  if (others.length > 0) {
    throw invalid(KEY, 'comes in two Idempotency-Key headers that differ');
  }
  if (header === undefined || !(KEY in schema.shape) || typeof body !== 'object' || body === null || Array.isArray(body)) {
    return body;
  }
  const given = (body as Record<string, unknown>)[KEY];
  if (given !== undefined && given !== header) {
    throw invalid(KEY, 'differs from the Idempotency-Key header');
  }
  return { ...body, [KEY]: header };
}

function toIssues(issue: z.core.$ZodIssue): Issue[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: path === '' ? key : `${path}.${key}`, message: 'is not a field of this request' }));
  }
  if (issue.input === undefined) {
    return [{ path, message: 'is required' }];
  }
  if (issue.code === 'invalid_type') {
    return [{ path, message: `must be ${issue.expected === 'object' ? 'a JSON object' : `of type ${issue.expected}`}` }];
  }
  return [{ path, message: issue.message }];
}
