import * as z from 'zod';
import { type Issue, invalid, issuePath, WalletError } from '../base/errors';
import { headerValues, type Middleware, paramsReader, queryOf } from './event';

/** The request part of a route's row. */
export interface RequestSchemas {
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
}

type Part<Schema> = Schema extends z.ZodObject ? z.output<Schema> : unknown;

/** Path, query and body in one object, as the schemas made them. */
export type Input<Row extends RequestSchemas> = Part<Row['params']> & Part<Row['query']> & Part<Row['body']>;

/** What was sent, part by part. */
interface Sent {
  /** Percent-encoded. */
  params: Record<string, string>;
  query: [name: string, value: string][];
  body: unknown;
  /** The values of Idempotency-Key headers. */
  keys: string[];
}

const KEY = 'idempotencyKey';
const NOTHING = z.strictObject({});
/**
 * Broken rules that a reply lists at most. A body of 1 MB may break a hundred thousand, and a reply must stay
 * below 6 MB.
 */
const MAX_ISSUES = 50;

/** Puts the input on the event, as the row's schemas make it. */
export function validated<Row extends RequestSchemas & { path: string }>(
  row: Row,
): Middleware<{ input: Input<Row> }> {
  const paramsOf = paramsReader(row.path);
  return {
    before: ({ event }) => {
      const keys = headerValues(event, 'idempotency-key');
      event.input = validate(row, { params: paramsOf(event), query: queryOf(event), body: event.body, keys });
    },
  };
}

/**
 * Checks the whole request against its row and reports the broken rules at once, the first 50 by name. A part
 * of the request for which the row has no schema must be empty. Throws VALIDATION_ERROR.
 */
function validate<Row extends RequestSchemas>(schemas: Row, sent: Sent): Input<Row> {
  const issues: Issue[] = [];
  let issueCount = 0;
  const take = (schema: z.ZodObject, value: unknown): object => {
    const result = schema.safeParse(value, { reportInput: true });
    if (result.success) {
      return result.data;
    }
    for (const issue of eachIssue(result.error)) {
      issueCount += 1;
      if (issues.length < MAX_ISSUES) {
        issues.push(issue);
      }
    }
    return {};
  };
  const input = {
    ...(schemas.params && take(schemas.params, decodePath(sent.params))),
    ...take(schemas.query ?? NOTHING, singleValues(sent.query)),
    ...take(schemas.body ?? NOTHING, withIdempotencyKey(schemas.body ?? NOTHING, sent)),
  };
  if (issueCount > 0) {
    const more = issueCount > issues.length ? issueCount : undefined;
    throw new WalletError('VALIDATION_ERROR', undefined, issues, undefined, more);
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

function singleValues(query: [name: string, value: string][]): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of query) {
    if (values.has(name)) {
      throw invalid(name, 'must be given once');
    }
    values.set(name, value);
  }
  return Object.fromEntries(values);
}

/**
 * The key may come in the body or as a header; when both are given they must agree. The elements of a batch
 * have keys of their own.
 */
function withIdempotencyKey(schema: z.ZodObject, { body, keys }: Sent): unknown {
  const [header, ...others] = new Set(keys);
  if (others.length > 0) {
    throw invalid(KEY, 'comes in two Idempotency-Key headers that differ');
  }
  if (header !== undefined && 'transactions' in schema.shape) {
    throw invalid(KEY, 'belongs to each element of a batch, not to its headers');
  }
  if (
    header === undefined ||
    !(KEY in schema.shape) ||
    typeof body !== 'object' ||
    body === null ||
    Array.isArray(body)
  ) {
    return body;
  }
  const given = (body as Record<string, unknown>)[KEY];
  if (given !== undefined && given !== header) {
    throw invalid(KEY, 'differs from the Idempotency-Key header');
  }
  return { ...body, [KEY]: header };
}

function* eachIssue({ issues }: z.ZodError): Generator<Issue> {
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') {
      yield { path: issuePath(issue.path), message: messageOf(issue) };
      continue;
    }
    for (const key of issue.keys) {
      yield { path: issuePath([...issue.path, key]), message: 'is not a field of this request' };
    }
  }
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.input === undefined) {
    return 'is required';
  }
  if (issue.code === 'invalid_type') {
    return `must be ${issue.expected === 'object' ? 'a JSON object' : `of type ${issue.expected}`}`;
  }
  return issue.message;
}
