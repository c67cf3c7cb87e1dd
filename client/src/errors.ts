import type { ServiceErrorCode } from './generated.ts';

/** The service's codes, and those of calls that got no answer of the service. */
export type ErrorCode = ServiceErrorCode | 'CONNECTION_FAILED' | 'TIMED_OUT' | 'UNEXPECTED_REPLY';

export interface ErrorFields {
  code: ErrorCode;
  message: string;
  retryable: boolean;
  status?: number | undefined;
  requestId?: string | undefined;
  details?: unknown;
  issueCount?: number | undefined;
  retryAfterMillis?: number | undefined;
  cause?: unknown;
}

/** What a call rejects with. Its subclass says which kind of failure it is, `code` which one. */
export class WalletError extends Error {
  override readonly name: string = 'WalletError';
  /** A service that is newer than this client may send a code that the type does not know. */
  readonly code: ErrorCode;
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Names the request in the service's logs. */
  readonly requestId: string | undefined;
  /** Of VALIDATION_ERROR a list of {path, message}; of others what they compare. */
  readonly details: unknown;
  /** Of VALIDATION_ERROR: how many rules were broken, when `details` lists only the first of them. */
  readonly issueCount: number | undefined;
  /** Whether the same request, with the same key, may pass later. */
  readonly retryable: boolean;
  /** Milliseconds until it may be sent again, where the service said so. */
  readonly retryAfterMillis: number | undefined;
  /** The body as it was sent, with its keys: sent again, it moves money once at most. */
  sent: unknown;

  constructor(fields: ErrorFields) {
    super(fields.message, { cause: fields.cause });
    this.code = fields.code;
    this.status = fields.status;
    this.requestId = fields.requestId;
    this.details = fields.details;
    this.issueCount = fields.issueCount;
    this.retryable = fields.retryable;
    this.retryAfterMillis = fields.retryAfterMillis;
  }
}

/** 400, 413, 415: the request itself is wrong. */
export class InvalidRequestError extends WalletError {
  override readonly name = 'InvalidRequestError';
}

/** 401: the caller did not say who it is. */
export class AuthenticationError extends WalletError {
  override readonly name = 'AuthenticationError';
}

/** 403: the caller may not do this; `details.scopes` would do. */
export class PermissionError extends WalletError {
  override readonly name = 'PermissionError';
}

/** 404: what the request names is not there, or not yet (PROOF_PENDING). */
export class NotFoundError extends WalletError {
  override readonly name = 'NotFoundError';
}

/** 409: the state of the account, the asset, the transaction or the hold forbids it. */
export class ConflictError extends WalletError {
  override readonly name = 'ConflictError';
}

/** 422: the amount, the key or the balance forbids it, such as INSUFFICIENT_FUNDS. */
export class RefusedError extends WalletError {
  override readonly name = 'RefusedError';
}

/** 429: too many requests. */
export class RateLimitError extends WalletError {
  override readonly name = 'RateLimitError';
}

/** 5xx: the service could not. Whether it did is unknown, so only the same key may be sent again. */
export class ServiceError extends WalletError {
  override readonly name = 'ServiceError';
}

/** There was no answer. Whether the service did it is unknown, so only the same key may be sent again. */
export class ConnectionError extends WalletError {
  override readonly name: string = 'ConnectionError';
}

/** There was no answer in time. */
export class TimeoutError extends ConnectionError {
  override readonly name = 'TimeoutError';

  constructor(millis: number, what: string, cause?: unknown) {
    super({
      code: 'TIMED_OUT',
      message: `${what} took longer than ${millis} ms`,
      retryable: true,
      cause,
    });
  }
}

const KINDS: Record<number, typeof WalletError> = {
  400: InvalidRequestError,
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  413: InvalidRequestError,
  415: InvalidRequestError,
  422: RefusedError,
  429: RateLimitError,
};

/** The error that a reply tells of. `body`: the parsed envelope, or whatever else was answered. */
export function errorOf(response: Response, body: unknown): WalletError {
  const { status, headers } = response;
  const isOfServer = status >= 500;
  const Kind = KINDS[status] ?? (isOfServer ? ServiceError : WalletError);
  const told = (body as { error?: Partial<ErrorFields> } | null | undefined)?.error;
  return new Kind({
    code: told?.code ?? 'UNEXPECTED_REPLY',
    message: told?.message ?? `the reply is none of the wallet's, its status ${status}`,
    retryable: told?.retryable ?? (isOfServer || status === 429),
    status,
    requestId: told?.requestId ?? headers.get('x-request-id') ?? undefined,
    details: told?.details,
    issueCount: told?.issueCount,
    retryAfterMillis: retryAfterOf(headers),
  });
}

/** Retry-After is in seconds, or a time of HTTP. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) {
    return undefined;
  }
  const millis = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(millis) ? undefined : Math.max(0, millis);
}
