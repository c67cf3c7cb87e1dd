import type { Login, Trace } from '../db/database';
import type { LoginSource } from './config';

/**
 * Reads a login when it is first needed and keeps it; asks again only when told that the database refused it.
 */
export function cachedLogin(source: LoginSource, trace: Trace): (refresh: boolean) => Promise<Login> {
  let cached: Promise<Login> | undefined;
  return (refresh) => {
    if (refresh || cached === undefined) {
      cached = trace('login', () => readLogin(source));
      cached.catch(() => {
        cached = undefined;
      });
    }
    return cached;
  };
}

/** A login as it is now. */
export function readLogin(source: LoginSource): Promise<Login> {
  return 'secretArn' in source ? fetchSecret(source.secretArn) : Promise.resolve(source);
}

/** A secret as RDS stores it: JSON with username and password. */
async function fetchSecret(secretArn: string): Promise<Login> {
  // Loaded only here, so that a function without a secret does not pay for the SDK in its cold start.
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({});
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const { username, password } = JSON.parse(SecretString ?? '{}');
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw new Error('the database secret holds no username and password');
  }
  return { user: username, password };
}
