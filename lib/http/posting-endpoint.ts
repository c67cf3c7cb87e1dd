import { type EndpointRow, endpoint, type LambdaHandler, type Outcome } from './endpoint';
import type { PostingKind } from './postings';

/** An endpoint that posts one transaction: plan, post, answer. */
export function postingEndpoint<Row extends EndpointRow>(row: Row, { plan, tell }: PostingKind): LambdaHandler {
  return endpoint(row, async ({ input, caller, call, app }) => {
    const request = input as unknown as { idempotencyKey: string };
    const posted = await app.ledger.post(plan(request), request.idempotencyKey, caller.principal, call);
    return { data: tell(request, posted), replayed: posted.replayed } as Outcome<Row>;
  });
}
