import type * as z from 'zod';
import type { ErrorCode } from '../lib/base/errors';
import {
  accountReply,
  accountRequest,
  accountsQuery,
  accountsReply,
  actsQuery,
  actsReply,
  eraseReply,
  eraseRequest,
  openAccountsReply,
  openAccountsRequest,
  statusRequest,
  userPath,
  writableUserPath,
} from '../lib/contract/accounts';
import { assetPath, assetReply, assetRequest, assetsReply } from '../lib/contract/assets';
import { balanceQuery, balanceReply } from '../lib/contract/balances';
import { batchReply, batchRequest } from '../lib/contract/batch';
import { eventsQuery, eventsReply } from '../lib/contract/events';
import { healthReply } from '../lib/contract/health';
import { historyQuery, historyReply } from '../lib/contract/history';
import {
  captureReply,
  captureRequest,
  holdPath,
  holdReply,
  holdRequest,
  holdsQuery,
  holdsReply,
  placedHoldReply,
  voidRequest,
} from '../lib/contract/holds';
import { lotsQuery, lotsReply } from '../lib/contract/lots';
import {
  checkpointPath,
  checkpointsQuery,
  checkpointsReply,
  consistencyQuery,
  consistencyReply,
  proofReply,
} from '../lib/contract/proofs';
import {
  claimQuery,
  claimReply,
  groupPath,
  groupReply,
  reconciliationReply,
  transactionPath,
  transactionReply,
  trialBalanceReply,
} from '../lib/contract/reports';
import type { RouteScope } from '../lib/contract/scopes';
import { statementLines, statementQuery, statementReply } from '../lib/contract/statement';
import {
  deliveriesReply,
  putSubscriberReply,
  replayRequest,
  subscriberPath,
  subscriberReply,
  subscriberRequest,
  subscribersReply,
} from '../lib/contract/subscribers';
import {
  adjustmentReply,
  adjustmentRequest,
  bonusReply,
  bonusRequest,
  exchangeReply,
  exchangeRequest,
  postingReply,
  purchaseReply,
  purchaseRequest,
  refundReply,
  refundRequest,
  reversalReply,
  reversalRequest,
  topupRequest,
  transferReply,
  transferRequest,
} from '../lib/contract/transactions';

/** How a function runs on Lambda. */
export interface LambdaRow {
  memoryMb?: number;
  /**
   * Of one that may take longer than the budget of a single posting. Less than the 29 s that API Gateway
   * waits, so that the answer is ours.
   */
  timeoutSeconds?: number;
  /**
   * Invocations at a time, taken out of what the account has: no more, and kept free for it when postings
   * take all others. Absent: as many as there are.
   */
  reservedConcurrency?: number;
}

/** Of a row that does not say otherwise: the memory that brings a third of a processor. */
export const LAMBDA_DEFAULTS = { memoryMb: 512 } as const satisfies LambdaRow;

/** What an endpoint takes and gives. Absent schemas take nothing. */
export interface RouteRow extends LambdaRow {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  scope: RouteScope;
  summary: string;
  /** What callers must know and the summary does not say, in Markdown. */
  description?: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** More than the 64 KB that other bodies may have. */
  maxBodyBytes?: number;
  /**
   * Of all callers together at most, where a call costs more than others; the stage's own limit holds too.
   */
  requestsPerSecond?: number;
  reply: z.ZodObject | z.ZodUnion;
  /** The reply as rows of a table, for callers that accept text/csv. */
  csv?: (reply: never) => object[];
  /** As which of the database's logins it works; absent: a GET as the reader, others as the writer. */
  logins?: readonly ('reader' | 'writer')[];
  /**
   * Codes of its own, beside those that every endpoint may answer (lib/contract/openapi.ts). A test meets no
   * others.
   */
  refuses: readonly ErrorCode[];
  /** Of success; an endpoint that says it created nothing answers 200 in its place. */
  status: 200 | 201;
}

const CREDIT = [
  'USER_NOT_FOUND',
  'ASSET_NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'ACCOUNT_CLOSED',
  'ASSET_WITHOUT_LOTS',
  'AMOUNT_PRECISION',
  'PAID_CREDITS_DO_NOT_EXPIRE',
  'BALANCE_LIMIT_EXCEEDED',
  'TOO_MANY_LOTS',
] as const;
const DEBIT = [
  'USER_NOT_FOUND',
  'ASSET_NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'ACCOUNT_FROZEN',
  'ACCOUNT_CLOSED',
  'ASSET_WITHOUT_LOTS',
  'AMOUNT_PRECISION',
  'INSUFFICIENT_FUNDS',
] as const;
const TRANSFER = [
  'USER_NOT_FOUND',
  'ASSET_NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'ACCOUNT_FROZEN',
  'ACCOUNT_CLOSED',
  'ASSET_NOT_TRANSFERABLE',
  'ASSET_WITHOUT_LOTS',
  'AMOUNT_PRECISION',
  'SAME_ACCOUNT',
  'INSUFFICIENT_FUNDS',
  'BALANCE_LIMIT_EXCEEDED',
  'TOO_MANY_LOTS',
] as const;
const RESOLVED = ['HOLD_CAPTURED', 'HOLD_VOIDED', 'HOLD_EXPIRED'] as const;

/** What a poller of the history may rely on. */
const HISTORY_ORDER = `\
Within one asset of one user, timestamps rise in the order in which the transactions were committed. So
who polls one asset with \`from\` set to the newest timestamp seen misses nothing: the newest row comes
again, and its id tells.

Across assets a row may appear with a timestamp up to ten seconds older than rows already shown: that is
how long a statement may take here. Who polls all assets asks again from ten seconds before the newest
timestamp seen, and drops the ids that it has seen.`;

/**
 * THE table: everything that exists over HTTP. The id is the file under functions/ and the Lambda's name; the
 * operationId follows from it.
 */
const table = {
  'wallet/topup': {
    method: 'POST',
    path: '/api/transactions/topup',
    scope: 'grant',
    summary: 'Credit what a user bought with real money',
    body: topupRequest,
    reply: postingReply,
    refuses: CREDIT,
    status: 201,
  },
  'wallet/bonus': {
    method: 'POST',
    path: '/api/transactions/bonus',
    scope: 'grant',
    summary: 'Credit what the system gives for free',
    body: bonusRequest,
    reply: bonusReply,
    refuses: CREDIT,
    status: 201,
  },
  'wallet/purchase': {
    method: 'POST',
    path: '/api/transactions/purchase',
    scope: 'spend',
    summary: 'Debit what a user spends',
    body: purchaseRequest,
    reply: purchaseReply,
    refuses: DEBIT,
    status: 201,
  },
  'wallet/transfer': {
    method: 'POST',
    path: '/api/transactions/transfer',
    scope: 'spend',
    summary: 'Move between users an asset that was made transferable',
    body: transferRequest,
    reply: transferReply,
    refuses: TRANSFER,
    status: 201,
  },
  'wallet/refund': {
    method: 'POST',
    path: '/api/transactions/refund',
    scope: 'grant',
    summary: 'Give a purchase back, in part or whole',
    body: refundRequest,
    reply: refundReply,
    refuses: [
      'TRANSACTION_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'ACCOUNT_FROZEN',
      'ACCOUNT_CLOSED',
      'AMOUNT_PRECISION',
      'NOT_REFUNDABLE',
      'REFUND_EXCEEDS_ORIGINAL',
      'BALANCE_LIMIT_EXCEEDED',
      'TOO_MANY_LOTS',
    ],
    status: 201,
  },
  'wallet/reversal': {
    method: 'POST',
    path: '/api/transactions/reversal',
    scope: 'grant',
    summary: 'Take a top-up or bonus back',
    body: reversalRequest,
    reply: reversalReply,
    refuses: [
      'TRANSACTION_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'ACCOUNT_FROZEN',
      'ACCOUNT_CLOSED',
      'ASSET_WITHOUT_LOTS',
      'AMOUNT_PRECISION',
      'NOT_REVERSIBLE',
      'ALREADY_REVERSED',
      'REFUND_EXCEEDS_ORIGINAL',
      'INSUFFICIENT_FUNDS',
      'BALANCE_LIMIT_EXCEEDED',
    ],
    status: 201,
  },
  'wallet/adjustment': {
    method: 'POST',
    path: '/api/transactions/adjustment',
    scope: 'admin',
    summary: "Correct a user's balance",
    description: 'Works on frozen accounts, too. The other side is the system account of adjustments.',
    body: adjustmentRequest,
    reply: adjustmentReply,
    refuses: [
      'USER_NOT_FOUND',
      'ASSET_NOT_FOUND',
      'TRANSACTION_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'ACCOUNT_CLOSED',
      'ASSET_WITHOUT_LOTS',
      'AMOUNT_PRECISION',
      'PAID_CREDITS_DO_NOT_EXPIRE',
      'INSUFFICIENT_FUNDS',
      'BALANCE_LIMIT_EXCEEDED',
      'TOO_MANY_LOTS',
    ],
    status: 201,
  },
  'wallet/exchange': {
    method: 'POST',
    path: '/api/transactions/exchange',
    scope: 'spend',
    summary: 'Exchange one asset of a user for another',
    body: exchangeRequest,
    reply: exchangeReply,
    refuses: [...DEBIT, 'PAID_CREDITS_DO_NOT_EXPIRE', 'BALANCE_LIMIT_EXCEEDED', 'TOO_MANY_LOTS'],
    status: 201,
  },
  'wallet/batch': {
    method: 'POST',
    path: '/api/transactions/batch',
    scope: 'write',
    summary: 'Post up to 1000 transactions together',
    body: batchRequest,
    maxBodyBytes: 1024 * 1024,
    memoryMb: 1024,
    timeoutSeconds: 25,
    requestsPerSecond: 100,
    // It looks for used keys as the reader, whose reads conflict with no posting.
    logins: ['writer', 'reader'],
    // Each holds a thousand locks for a while: a few at a time leave room for others.
    reservedConcurrency: 20,
    reply: batchReply,
    refuses: [...TRANSFER, 'PAID_CREDITS_DO_NOT_EXPIRE'],
    status: 201,
  },
  'wallet/balance': {
    method: 'GET',
    path: '/api/balance/{userId}',
    scope: 'read',
    summary: 'Balances of a user, now or at a time',
    params: userPath,
    query: balanceQuery,
    reservedConcurrency: 100,
    reply: balanceReply,
    refuses: ['USER_NOT_FOUND', 'ASSET_NOT_FOUND'],
    status: 200,
  },
  'wallet/lots': {
    method: 'GET',
    path: '/api/lots/{userId}',
    scope: 'read',
    summary: 'Live lots of a user, in the order in which they burn',
    params: userPath,
    query: lotsQuery,
    reply: lotsReply,
    refuses: ['USER_NOT_FOUND', 'ASSET_NOT_FOUND'],
    status: 200,
  },
  'wallet/history': {
    method: 'GET',
    path: '/api/transactions/{userId}',
    scope: 'read',
    summary: 'Transactions of a user, newest first',
    description: HISTORY_ORDER,
    params: userPath,
    query: historyQuery,
    reservedConcurrency: 100,
    reply: historyReply,
    refuses: ['USER_NOT_FOUND', 'ASSET_NOT_FOUND'],
    status: 200,
  },
  'holds/place': {
    method: 'POST',
    path: '/api/holds',
    scope: 'spend',
    summary: 'Reserve funds of a user for a time',
    body: holdRequest,
    reply: placedHoldReply,
    refuses: DEBIT,
    status: 201,
  },
  'holds/capture': {
    method: 'POST',
    path: '/api/holds/{holdId}/capture',
    scope: 'spend',
    summary: 'Spend a hold, in part or whole, as a purchase',
    params: holdPath,
    body: captureRequest,
    reply: captureReply,
    refuses: [
      'HOLD_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'ACCOUNT_FROZEN',
      'ACCOUNT_CLOSED',
      'AMOUNT_PRECISION',
      ...RESOLVED,
      'CAPTURE_EXCEEDS_HOLD',
      'INSUFFICIENT_FUNDS',
    ],
    status: 201,
  },
  'holds/void': {
    method: 'POST',
    path: '/api/holds/{holdId}/void',
    scope: 'spend',
    summary: 'Give a hold up',
    params: holdPath,
    body: voidRequest,
    reply: holdReply,
    refuses: ['HOLD_NOT_FOUND', 'HOLD_CAPTURED', 'HOLD_EXPIRED'],
    status: 200,
  },
  'holds/get': {
    method: 'GET',
    path: '/api/holds/{holdId}',
    scope: 'read',
    summary: 'A hold as it stands now',
    params: holdPath,
    reply: holdReply,
    refuses: ['HOLD_NOT_FOUND'],
    status: 200,
  },
  'holds/list': {
    method: 'GET',
    path: '/api/accounts/{userId}/holds',
    scope: 'read',
    summary: 'Holds of a user, newest first',
    params: userPath,
    query: holdsQuery,
    reply: holdsReply,
    refuses: ['USER_NOT_FOUND', 'ASSET_NOT_FOUND'],
    status: 200,
  },
  'admin/open-accounts': {
    method: 'POST',
    path: '/api/accounts/batch',
    scope: 'write',
    summary: 'Open up to 1000 accounts',
    body: openAccountsRequest,
    maxBodyBytes: 1024 * 1024,
    timeoutSeconds: 25,
    requestsPerSecond: 100,
    reply: openAccountsReply,
    refuses: [],
    status: 200,
  },
  'admin/list-accounts': {
    method: 'GET',
    path: '/api/accounts',
    scope: 'admin',
    summary: 'Accounts of users',
    description: 'The order is fixed, and means nothing.',
    query: accountsQuery,
    reply: accountsReply,
    refuses: [],
    status: 200,
  },
  'admin/put-account': {
    method: 'PUT',
    path: '/api/accounts/{userId}',
    scope: 'write',
    summary: "Open a user's account, or rename it",
    params: writableUserPath,
    body: accountRequest,
    reply: accountReply,
    refuses: [],
    status: 201,
  },
  'admin/get-account': {
    method: 'GET',
    path: '/api/accounts/{userId}',
    scope: 'read',
    summary: "A user's account",
    params: userPath,
    reply: accountReply,
    refuses: ['USER_NOT_FOUND'],
    status: 200,
  },
  'admin/set-account-status': {
    method: 'PATCH',
    path: '/api/accounts/{userId}',
    scope: 'admin',
    summary: "Freeze, close or reopen a user's account",
    params: writableUserPath,
    body: statusRequest,
    reply: accountReply,
    refuses: ['USER_NOT_FOUND', 'ACCOUNT_CLOSED', 'ACCOUNT_NOT_EMPTY'],
    status: 200,
  },
  'admin/erase-account': {
    method: 'POST',
    path: '/api/accounts/{userId}/erase',
    scope: 'admin',
    summary: 'Take a person out of the ledger; books and proofs stay true',
    params: writableUserPath,
    body: eraseRequest,
    reply: eraseReply,
    refuses: ['USER_NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED', 'ACCOUNT_NOT_EMPTY'],
    status: 200,
  },
  'admin/list-acts': {
    method: 'GET',
    path: '/api/accounts/{userId}/acts',
    scope: 'admin',
    summary: "Who did what to a user's account, newest first",
    params: userPath,
    query: actsQuery,
    reply: actsReply,
    refuses: ['USER_NOT_FOUND'],
    status: 200,
  },
  'admin/put-asset': {
    method: 'PUT',
    path: '/api/assets/{assetCode}',
    scope: 'admin',
    summary: 'Create an asset, or change its name and transferability',
    params: assetPath,
    body: assetRequest,
    reply: assetReply,
    refuses: ['ASSET_SCALE_FIXED', 'ASSET_LOTS_FIXED', 'ASSET_WITHOUT_LOTS'],
    status: 201,
  },
  'admin/list-assets': {
    method: 'GET',
    path: '/api/assets',
    scope: 'read',
    summary: 'Every asset',
    reply: assetsReply,
    refuses: [],
    status: 200,
  },
  'admin/get-transaction': {
    method: 'GET',
    path: '/api/ledger/{transactionId}',
    scope: 'read',
    summary: 'A transaction with its two entries',
    params: transactionPath,
    reply: transactionReply,
    refuses: ['TRANSACTION_NOT_FOUND'],
    status: 200,
  },
  'admin/find-claim': {
    method: 'GET',
    path: '/api/ledger',
    scope: 'read',
    summary: 'What an idempotency key has made: a transaction or a hold',
    query: claimQuery,
    reply: claimReply,
    refuses: ['TRANSACTION_NOT_FOUND'],
    status: 200,
  },
  'admin/get-group': {
    method: 'GET',
    path: '/api/groups/{groupId}',
    scope: 'read',
    summary: 'The transactions that posted together',
    params: groupPath,
    reply: groupReply,
    refuses: ['GROUP_NOT_FOUND'],
    status: 200,
  },
  'admin/trial-balance': {
    method: 'GET',
    path: '/api/reports/trial-balance',
    scope: 'read',
    summary: 'Per asset the totals by type of account, and their sum: zero',
    // Reads every balance.
    timeoutSeconds: 25,
    requestsPerSecond: 10,
    reservedConcurrency: 2,
    reply: trialBalanceReply,
    refuses: [],
    status: 200,
  },
  'admin/statement': {
    method: 'GET',
    path: '/api/reports/statement',
    scope: 'admin',
    summary: 'What users had of each asset at two times, and what moved it between',
    description: 'With `Accept: text/csv` it is a table.',
    timeoutSeconds: 25,
    requestsPerSecond: 10,
    reservedConcurrency: 2,
    query: statementQuery,
    reply: statementReply,
    csv: statementLines,
    refuses: ['ASSET_NOT_FOUND'],
    status: 200,
  },
  'admin/reconciliation': {
    method: 'GET',
    path: '/api/reports/reconciliation',
    scope: 'read',
    summary: 'What the last reconciliation found',
    reply: reconciliationReply,
    refuses: [],
    status: 200,
  },
  'events/list': {
    method: 'GET',
    path: '/api/events',
    scope: 'events',
    summary: 'Every change in the order in which it was committed, from any place on',
    // A reader may wait for 20 s.
    timeoutSeconds: 25,
    reservedConcurrency: 20,
    query: eventsQuery,
    reply: eventsReply,
    refuses: ['NOT_ON_SEVERAL_NODES'],
    status: 200,
  },
  'proofs/list': {
    method: 'GET',
    path: '/api/checkpoints',
    scope: 'read',
    summary: 'What was signed of the ledger: the last checkpoints, or those after one',
    query: checkpointsQuery,
    reply: checkpointsReply,
    refuses: ['NOT_ON_SEVERAL_NODES'],
    status: 200,
  },
  'proofs/get': {
    method: 'GET',
    path: '/api/ledger/{transactionId}/proof',
    scope: 'read',
    summary: 'That a transaction is in a checkpoint as it was posted',
    params: transactionPath,
    reply: proofReply,
    refuses: ['TRANSACTION_NOT_FOUND', 'PROOF_PENDING', 'NOT_ON_SEVERAL_NODES'],
    status: 200,
  },
  'proofs/consistency': {
    method: 'GET',
    path: '/api/checkpoints/{number}/consistency',
    scope: 'read',
    summary: 'That a checkpoint has all that an earlier one had, unchanged',
    params: checkpointPath,
    query: consistencyQuery,
    reply: consistencyReply,
    refuses: ['PROOF_PENDING', 'NOT_ON_SEVERAL_NODES'],
    status: 200,
  },
  'subscribers/put': {
    method: 'PUT',
    path: '/api/subscribers/{name}',
    scope: 'admin',
    summary: 'Make a subscriber, which is told every change from now on, or change one',
    params: subscriberPath,
    body: subscriberRequest,
    reply: putSubscriberReply,
    refuses: ['NOT_ON_SEVERAL_NODES'],
    status: 201,
  },
  'subscribers/list': {
    method: 'GET',
    path: '/api/subscribers',
    scope: 'admin',
    summary: 'Every subscriber, with its place, its lag and its last error',
    reply: subscribersReply,
    refuses: [],
    status: 200,
  },
  'subscribers/delete': {
    method: 'DELETE',
    path: '/api/subscribers/{name}',
    scope: 'admin',
    summary: 'Forget a subscriber; the reply has it as it was',
    params: subscriberPath,
    reply: subscriberReply,
    refuses: ['SUBSCRIBER_NOT_FOUND'],
    status: 200,
  },
  'subscribers/replay': {
    method: 'POST',
    path: '/api/subscribers/{name}/replay',
    scope: 'admin',
    summary: 'Tell a subscriber again what was committed after a cursor',
    params: subscriberPath,
    body: replayRequest,
    reply: subscriberReply,
    refuses: ['SUBSCRIBER_NOT_FOUND'],
    status: 200,
  },
  'subscribers/deliveries': {
    method: 'GET',
    path: '/api/subscribers/{name}/deliveries',
    scope: 'admin',
    summary: 'The last 100 attempts to tell a subscriber, newest first',
    params: subscriberPath,
    reply: deliveriesReply,
    refuses: ['SUBSCRIBER_NOT_FOUND'],
    status: 200,
  },
  'system/health': {
    method: 'GET',
    path: '/health',
    scope: 'public',
    summary: 'Whether the service and its database answer',
    reservedConcurrency: 5,
    reply: healthReply,
    refuses: [],
    status: 200,
  },
} as const satisfies Record<string, RouteRow>;

export type RouteId = keyof typeof table;
export type Route = RouteRow & { id: RouteId };

/** The rows with their ids. */
export const routes = Object.fromEntries(Object.entries(table).map(([id, row]) => [id, { id, ...row }])) as {
  readonly [Id in RouteId]: (typeof table)[Id] & { id: Id };
};

export const routeList: readonly Route[] = Object.values(routes);
