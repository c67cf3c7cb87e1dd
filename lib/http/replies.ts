import type { APIGatewayProxyResult } from 'aws-lambda';
import { stringify } from 'csv-stringify/sync';
import { WalletError } from '../base/errors';

/** Seconds after which a caller may send again what was refused for contention or outage. */
const RETRY_AFTER_SECONDS = 1;

/** Headers that suit an API of JSON alone, after OWASP's REST Security Cheat Sheet. */
export const COMMON_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export function success(
  requestId: string,
  status: number,
  data: unknown,
  replayed: boolean,
): APIGatewayProxyResult {
  return reply(
    requestId,
    status,
    { success: true, data },
    replayed ? { 'idempotency-replayed': 'true' } : {},
  );
}

/** The rows of a table, with their names in the first line, as RFC 4180 has it. */
export function table(requestId: string, status: number, rows: object[]): APIGatewayProxyResult {
  const headers = { 'content-type': 'text/csv; charset=utf-8', vary: 'Accept' };
  return { ...reply(requestId, status, undefined, headers), body: stringify(rows, { header: true }) };
}

/** The envelope of an error: its row of the catalogue, never a stack or SQL. */
export function failure(requestId: string, error: WalletError): APIGatewayProxyResult {
  const { code, message, retryable, details, issueCount } = error;
  // JSON.stringify leaves out fields that are undefined.
  const body = { success: false, error: { code, message, retryable, requestId, details, issueCount } };
  return reply(
    requestId,
    error.status,
    body,
    error.status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {},
  );
}

/** Any thrown value as an error of the catalogue. */
export function toWalletError(error: unknown): WalletError {
  return error instanceof WalletError ? error : new WalletError('INTERNAL', undefined, undefined, error);
}

function reply(
  requestId: string,
  statusCode: number,
  body: unknown,
  headers: Record<string, string>,
): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { ...COMMON_HEADERS, 'x-request-id': requestId, ...headers },
    body: JSON.stringify(body),
  };
}
