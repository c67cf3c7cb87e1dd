import { WalletError } from '../../lib/base/errors';
import type { Authorizer } from '../../lib/http/authorizer';

/** What API Gateway hands on of an authorizer's answer. */
export interface Authorized {
  principalId: string;
  scopes: string;
}

/**
 * Asks an authorizer as API Gateway does. Throws UNAUTHENTICATED, or what kept the authorizer from answering.
 */
export async function authorize(
  authorizer: Authorizer,
  method: string,
  path: string,
  header = '',
): Promise<Authorized> {
  const methodArn = `arn:aws:execute-api:local:000000000000:local/local/${method}${path}`;
  const answer = await authorizer({ type: 'TOKEN', authorizationToken: header, methodArn }).catch(
    (error: Error) => {
      throw error.message === 'Unauthorized' ? new WalletError('UNAUTHENTICATED') : error;
    },
  );
  return { principalId: answer.principalId, scopes: String(answer.context?.scopes ?? '') };
}
