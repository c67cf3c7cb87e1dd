import { WalletError } from '../../lib/base/errors';
import { endpoint } from '../../lib/http/endpoint';
import { holdData, transactionData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/find-claim'], async ({ input, app, call }) => {
  const claim = await app.ledger.findClaim(input.idempotencyKey, input.userId, call);
  if (claim === undefined) {
    throw new WalletError('TRANSACTION_NOT_FOUND', 'this idempotency key is free');
  }
  if (claim.kind === 'ERASURE') {
    throw new WalletError('TRANSACTION_NOT_FOUND', 'this idempotency key erased an account');
  }
  if (claim.kind === 'HOLD') {
    return { data: holdData(await app.ledger.readHold(claim.id, call)) };
  }
  return { data: transactionData(await app.ledger.readTransaction(claim.id, call)) };
});
