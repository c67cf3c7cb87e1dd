import { amountToNumber } from '../base/money';
import type { Metadata } from '../ledger/chart';
import type { UserRequest } from '../ledger/plans';
import type { Posting } from '../ledger/posting';
import { type EndpointRow, endpoint, type LambdaHandler, type Outcome } from './endpoint';

type PostingRequest = UserRequest & { idempotencyKey: string };

/**
 * An endpoint that posts one transaction of one user: plan, post, answer. `extra` makes the reply's further fields from the request's
 * metadata.
 */
export function postingEndpoint<Row extends EndpointRow>(
  row: Row,
  plan: (request: UserRequest) => Posting,
  extra: (metadata: Metadata) => Record<string, unknown> = () => ({}),
): LambdaHandler {
  return endpoint(row, async ({ input, principal, call, app }) => {
    const request = input as unknown as PostingRequest;
    const posting = plan(request);
    const posted = await app.ledger.post(posting, request.idempotencyKey, principal, call);
    const data = {
      transactionId: posted.transactionId,
      userId: request.userId,
      assetCode: request.assetCode,
      amount: amountToNumber(request.amount),
      newBalance: amountToNumber(posting.credit === request.userId ? posted.creditBalance : posted.debitBalance),
      timestamp: posted.createdAt.toISOString(),
      ...extra(request.metadata ?? {}),
    };
    return { data, replayed: posted.replayed } as Outcome<Row>;
  });
}
