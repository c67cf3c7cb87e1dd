import type { PolicyDocument, Statement } from 'aws-lambda';
import { WalletError } from '../../lib/base/errors';
import type { Authorizer } from '../../lib/http/authorizer';

/** As API Gateway names a method of this machine. */
const STAGE_ARN = 'arn:aws:execute-api:local:000000000000:local/local';

/** Asks an authorizer as API Gateway does, and keeps to its policy. Returns the principal; throws UNAUTHENTICATED, FORBIDDEN or INTERNAL. */
export async function authorize(authorizer: Authorizer, method: string, path: string, header = ''): Promise<string> {
  const methodArn = `${STAGE_ARN}/${method}${path}`;
  const answer = await authorizer({ type: 'TOKEN', authorizationToken: header, methodArn }).catch((error: Error) => {
    throw error.message === 'Unauthorized' ? new WalletError('UNAUTHENTICATED') : error;
  });
  if (!permits(answer.policyDocument, methodArn)) {
    throw new WalletError('FORBIDDEN');
  }
  return answer.principalId;
}

/** IAM's evaluation, as far as an authorizer's policy goes: allowed by a statement, and denied by none. */
function permits({ Statement: statements }: PolicyDocument, arn: string): boolean {
  const matching = statements.filter((statement) => resourcesOf(statement).some((pattern) => matches(pattern, arn)));
  return matching.length > 0 && matching.every(({ Effect }) => Effect === 'Allow');
}

function resourcesOf(statement: Statement): string[] {
  return 'Resource' in statement ? [statement.Resource ?? []].flat() : [];
}

/** `*` stands for any characters, slashes too. */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(text);
}
