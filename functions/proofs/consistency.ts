import { checkpointOf } from '../../lib/app/checkpoints';
import { proveConsistency } from '../../lib/app/proofs';
import { WalletError } from '../../lib/base/errors';
import { endpoint } from '../../lib/http/endpoint';
import { routes } from '../routes';

export const handler = endpoint(routes['proofs/consistency'], async ({ input, app, call }) => {
  const read = async (number: string) => {
    const [row] = await app.ledger.readCheckpoints(1, String(BigInt(number) - 1n), call);
    if (row?.number !== number) {
      throw new WalletError('PROOF_PENDING', `there is no checkpoint ${number} yet`);
    }
    return row;
  };
  const [first, second] = [await read(input.since), await read(input.number)];
  if (BigInt(input.since) > BigInt(input.number)) {
    const message = 'must not be after the checkpoint that it is compared with';
    throw new WalletError('VALIDATION_ERROR', `since ${message}`, [{ path: 'since', message }]);
  }
  const proof = await proveConsistency(app.ledger, checkpointOf(first), second, call);
  return { data: { first: checkpointOf(first), second: checkpointOf(second), proof } };
});
