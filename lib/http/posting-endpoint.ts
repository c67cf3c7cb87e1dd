import type { UserRequest } from '../ledger/plans';
import { type EndpointRow, endpoint, type LambdaHandler, type Outcome } from './endpoint';
import type { PlainKind } from './postings';

/** An endpoint that posts one transaction of a plain kind: plan, post, answer. */
export function postingEndpoint<Row extends EndpointRow>(row: Row, { plan, tell }: PlainKind): LambdaHandler {
  return endpoint(row, async ({ input, caller, call, app }) => {
    const request = input as unknown as UserRequest & { idempotencyKey: string };
    const by = { key: request.idempotencyKey, principal: caller.principal };
    const posted = await app.ledger.post(plan(request), by, call);
    return { data: tell(request, posted), replayed: posted.replayed } as Outcome<Row>;
  });
}
