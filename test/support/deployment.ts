import type { APIGatewayProxyResult } from 'aws-lambda';
import type { Route } from '../../functions/routes';
import type { ServiceConfig } from '../../lib/app/config';
import { environment } from '../../lib/base/environment';
import { WalletError } from '../../lib/base/errors';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { failure } from '../../lib/http/replies';
import { InvocationError } from './container';
import { type Lambda, openLambda } from './lambda';
import { SECRETS } from './lambda-runtime';
import { type SecretsManager, startSecretsManager } from './secrets-manager';
import { artefact, PASSWORDS } from './server';

/** The synthesized functions on one database, as API Gateway would call them. */
export interface Deployment {
  lambda: Lambda;
  secrets: SecretsManager;
  load(route: Route): Promise<LambdaHandler>;
  close(): void;
}

/** Undefined unless the run is npm run test:artefact. `change` goes into every function's environment. */
export async function deploy(
  config: ServiceConfig,
  onLine: (line: string) => void,
  change: Record<string, string> = {},
): Promise<Deployment | undefined> {
  const made = artefact();
  if (made === undefined) {
    return undefined;
  }
  const secrets = await startSecretsManager({
    [SECRETS.DatabasewalletWriter]: { username: 'wallet_app', password: PASSWORDS.wallet_app },
    [SECRETS.DatabasewalletReader]: { username: 'wallet_reader', password: PASSWORDS.wallet_reader },
  });
  const lambda = openLambda(made.runtime, {
    onLine,
    environment: {
      ...secrets.environment,
      [environment.databaseHost]: 'localhost',
      [environment.databasePort]: String(made.poolerPort),
      [environment.databaseName]: config.database.name,
      [environment.logLevel]: config.logLevel,
      [environment.requestBudgetSeconds]: String(config.requestBudgetMillis / 1_000),
      [environment.retryAttempts]: String(config.retryAttempts),
      NODE_EXTRA_CA_CERTS: made.certFile,
      ...change,
    },
  });
  return {
    lambda,
    secrets,
    load: async (route) => async (event, context) => {
      try {
        return (await lambda.invoke(
          route.id,
          event,
          context.getRemainingTimeInMillis(),
        )) as APIGatewayProxyResult;
      } catch (error) {
        if (error instanceof InvocationError) {
          // What API Gateway makes of a function that did not answer.
          return failure(context.awsRequestId, new WalletError('INTERNAL', undefined, undefined, error));
        }
        throw error;
      }
    },
    close() {
      lambda.close();
      secrets.close();
    },
  };
}
