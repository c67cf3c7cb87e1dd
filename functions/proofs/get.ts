import { prove } from '../../lib/app/proofs';
import { WalletError } from '../../lib/base/errors';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['proofs/get'], async ({ input, app, call }) => {
  const { transactionId } = input;
  const proof = await prove(app.ledger, transactionId, call);
  if (proof === 'unknown') {
    throw new WalletError('TRANSACTION_NOT_FOUND', `transaction ${transactionId} does not exist`);
  }
  if (proof === undefined) {
    throw new WalletError('PROOF_PENDING', `transaction ${transactionId} is in no checkpoint yet`);
  }
  return { data: proof };
});
