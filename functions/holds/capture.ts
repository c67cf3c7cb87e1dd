import { amountToNumber } from '../../lib/base/money';
import { endpoint } from '../../lib/http/endpoint';
import { settledData } from '../../lib/http/resources';
import { textOrNull } from '../../lib/ledger/chart';
import { capture } from '../../lib/ledger/plans';
import { routes } from '../routes';

export const handler = endpoint(routes['holds/capture'], async ({ input, caller, app, call }) => {
  const by = { key: input.idempotencyKey, principal: caller.principal };
  const row = await app.ledger.captureHold(capture(input), by, call);
  const data = {
    ...settledData(row),
    item: textOrNull(input.metadata?.itemName),
    holdId: input.holdId,
    releasedAmount: amountToNumber(row.released),
  };
  return { data, replayed: row.replayed };
});
