import type { RouteScope } from '../../lib/contract/scopes';
import type { ElementOutcome } from '../../lib/db/postings';
import { requireScope } from '../../lib/http/caller';
import { endpoint } from '../../lib/http/endpoint';
import { plainKinds, transferData } from '../../lib/http/postings';
import { transfer } from '../../lib/ledger/plans';
import type { Posted } from '../../lib/ledger/posting';
import { routes } from '../routes';

const row = routes['wallet/batch'];

export const handler = endpoint(row, async ({ input, caller, app, call }) => {
  for (const [index, { type }] of input.transactions.entries()) {
    const scope: RouteScope = type === 'opening' ? 'admin' : routes[`wallet/${type}`].scope;
    requireScope(caller, scope, { index });
  }
  const elements = input.transactions.map((element) => ({
    posting: planOf(element),
    key: element.idempotencyKey,
  }));
  const skipRefused = input.onError === 'skip';
  const by = { principal: caller.principal, skipRefused };
  const { groupId, outcomes } = await app.ledger.postBatch(elements, by, call);
  const transactions = outcomes.map((outcome, index) => {
    const element = input.transactions[index];
    return element === undefined || 'code' in outcome ? null : dataOf(element, outcome);
  });
  const failures = outcomes.flatMap((outcome, index) => ('code' in outcome ? [{ index, ...outcome }] : []));
  const data = { groupId, transactions, ...(skipRefused && { failures }) };
  return { data, replayed: outcomes.every(wasReplayed) };
});

type Element = ReturnType<typeof row.body.parse>['transactions'][number];

function planOf(element: Element) {
  return element.type === 'transfer' ? transfer(element) : plainKinds[element.type].plan(element);
}

function dataOf(element: Element, posted: Posted & { groupId: string | null }) {
  if (element.type === 'transfer') {
    return transferData(element, { ...posted, balance: posted.debitBalance });
  }
  return plainKinds[element.type].tell(element, posted);
}

function wasReplayed(outcome: ElementOutcome): boolean {
  return 'replayed' in outcome && outcome.replayed;
}
