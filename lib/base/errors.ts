/**
 * The error catalogue: every code a caller can meet, in the order in which the service decides them. Those
 * that the database decides are its type `fault`, in the same order. Source: the wire contract.
 */
export const errorCatalogue = {
  ROUTE_NOT_FOUND: { status: 404, retryable: false, meaning: 'No endpoint has this method and path.' },
  UNAUTHENTICATED: { status: 401, retryable: false, meaning: 'The caller did not say who it is.' },
  FORBIDDEN: { status: 403, retryable: false, meaning: 'The caller may not do this.' },
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    meaning: 'Too many requests; send it again after Retry-After.',
  },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    retryable: false,
    meaning: 'The body is larger than the endpoint takes.',
  },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false, meaning: 'The body is not application/json.' },
  MALFORMED_JSON: { status: 400, retryable: false, meaning: 'The body is not JSON.' },
  VALIDATION_ERROR: {
    status: 400,
    retryable: false,
    meaning: 'The request breaks a rule; details name field and rule.',
  },
  USER_NOT_FOUND: { status: 404, retryable: false, meaning: 'The user has no account.' },
  ASSET_NOT_FOUND: { status: 404, retryable: false, meaning: 'There is no such asset.' },
  TRANSACTION_NOT_FOUND: { status: 404, retryable: false, meaning: 'There is no such transaction.' },
  GROUP_NOT_FOUND: { status: 404, retryable: false, meaning: 'There is no such group.' },
  HOLD_NOT_FOUND: { status: 404, retryable: false, meaning: 'There is no such hold.' },
  SUBSCRIBER_NOT_FOUND: { status: 404, retryable: false, meaning: 'There is no such subscriber.' },
  PROOF_PENDING: {
    status: 404,
    retryable: true,
    meaning: 'The transaction is in no checkpoint yet; ask again in a minute.',
  },
  NOT_ON_SEVERAL_NODES: {
    status: 501,
    retryable: false,
    meaning: 'The ledger lies on several nodes, and this needs one commit order over all of it.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    retryable: false,
    meaning: 'Another request already used this idempotency key.',
  },
  ACCOUNT_FROZEN: { status: 409, retryable: false, meaning: 'The account may not pay.' },
  ACCOUNT_CLOSED: { status: 409, retryable: false, meaning: 'The account is closed.' },
  ACCOUNT_NOT_EMPTY: {
    status: 409,
    retryable: false,
    meaning: 'An account closes, or is erased, only with every balance at zero and nothing held.',
  },
  ASSET_SCALE_FIXED: { status: 409, retryable: false, meaning: 'An asset keeps the scale it began with.' },
  ASSET_LOTS_FIXED: {
    status: 409,
    retryable: false,
    meaning: 'An asset keeps lots from the first, or never.',
  },
  ASSET_NOT_TRANSFERABLE: {
    status: 409,
    retryable: false,
    meaning: 'The asset was not made transferable between users.',
  },
  ASSET_WITHOUT_LOTS: {
    status: 409,
    retryable: false,
    meaning: 'The asset keeps no lots, so nothing can be said of them.',
  },
  AMOUNT_PRECISION: {
    status: 422,
    retryable: false,
    meaning: 'The amount has more decimals than the asset.',
  },
  SAME_ACCOUNT: { status: 422, retryable: false, meaning: 'An account cannot pay itself.' },
  PAID_CREDITS_DO_NOT_EXPIRE: {
    status: 422,
    retryable: false,
    meaning: 'Paid credits of this asset have no expiry.',
  },
  NOT_REFUNDABLE: { status: 409, retryable: false, meaning: 'Only a purchase can be refunded.' },
  NOT_REVERSIBLE: { status: 409, retryable: false, meaning: 'Only a top-up or a bonus can be reversed.' },
  ALREADY_REVERSED: { status: 409, retryable: false, meaning: 'The transaction was reversed before.' },
  REFUND_EXCEEDS_ORIGINAL: {
    status: 422,
    retryable: false,
    meaning: 'The refunds of a purchase, or the reversals of a credit, would exceed it.',
  },
  HOLD_CAPTURED: { status: 409, retryable: false, meaning: 'The hold was captured.' },
  HOLD_VOIDED: { status: 409, retryable: false, meaning: 'The hold was voided.' },
  HOLD_EXPIRED: { status: 409, retryable: false, meaning: 'The hold has expired.' },
  CAPTURE_EXCEEDS_HOLD: { status: 422, retryable: false, meaning: 'A capture is at most its hold.' },
  INSUFFICIENT_FUNDS: { status: 422, retryable: false, meaning: 'The available balance is too low.' },
  BALANCE_LIMIT_EXCEEDED: {
    status: 422,
    retryable: false,
    meaning: 'The balance would have more than 15 significant digits.',
  },
  TOO_MANY_LOTS: {
    status: 422,
    retryable: false,
    meaning: 'A balance has at most 256 lots.',
  },
  CONTENTION: {
    status: 503,
    retryable: true,
    meaning: 'Too many postings met on one account; send it again.',
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    retryable: true,
    meaning: 'The database did not answer in time; send it again.',
  },
  INTERNAL: {
    status: 500,
    retryable: true,
    meaning: 'Something failed here; it may be sent again with the same key.',
  },
} as const satisfies Record<string, { status: number; retryable: boolean; meaning: string }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One broken rule of a request: where, and which. */
export interface Issue {
  path: string;
  message: string;
}

/** Longest path in a reply, in characters. The caller's name of a field may be as long as the body. */
const MAX_PATH_LENGTH = 200;

/** The parts of a path as one text, such as `transactions.3.amount`, cut when it is too long. */
export function issuePath(parts: readonly PropertyKey[]): string {
  return parts.join('.').slice(0, MAX_PATH_LENGTH);
}

export function isErrorCode(code: string | undefined): code is ErrorCode {
  return code !== undefined && Object.hasOwn(errorCatalogue, code);
}

/** An error that the caller is told of, by its row of the catalogue. `cause` is for the log alone. */
export class WalletError extends Error {
  override readonly name = 'WalletError';

  constructor(
    readonly code: ErrorCode,
    message: string = errorCatalogue[code].meaning,
    readonly details?: unknown,
    cause?: unknown,
    /** Of VALIDATION_ERROR: how many rules were broken, when `details` lists only the first of them. */
    readonly issueCount?: number,
  ) {
    super(message, { cause });
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }

  get retryable(): boolean {
    return errorCatalogue[this.code].retryable;
  }
}

/** A 400 that names the field and the rule. */
export function invalid(path: string, message: string): WalletError {
  return new WalletError('VALIDATION_ERROR', undefined, [{ path, message }] satisfies Issue[]);
}
