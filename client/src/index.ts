/** A client of the game wallet: its operations, its errors, and what verifies its webhooks and proofs. */
export { type Answer, Call, type CallOptions, type ItemOf, Listing } from './call.ts';
export type { ClientOptions, SignableRequest } from './core.ts';
export {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  type ErrorCode,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  RefusedError,
  ServiceError,
  TimeoutError,
  WalletError,
} from './errors.ts';
export * from './generated.ts';
export { checkpointFault, type Verdict, verifyConsistency, verifyProof } from './proof.ts';
export {
  verifyWebhook,
  type WebhookHeaders,
  type WebhookOptions,
  WebhookVerificationError,
} from './webhook.ts';
