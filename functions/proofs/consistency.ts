import { proveConsistency } from '../../lib/app/proofs';
import { WalletError } from '../../lib/base/errors';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['proofs/consistency'], async ({ input, app, call }) => {
  const { since, number } = input;
  const proof = await proveConsistency(app.ledger, since, number, call);
  if (proof === undefined) {
    throw new WalletError('PROOF_PENDING', `there is no checkpoint ${number} or ${since} yet`);
  }
  return { data: proof };
});
