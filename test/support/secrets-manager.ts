import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** AWS Secrets Manager as far as GetSecretValue goes, over HTTP: the real client of the SDK talks to it. */
export interface SecretsManager {
  /** By ARN; a test may change them, as a rotation does. */
  logins: Map<string, { username: string; password: string }>;
  /** What was asked for, in order. */
  asked: string[];
  /** What an SDK is told in its environment. */
  environment: Record<string, string>;
  close(): void;
}

export async function startSecretsManager(
  logins: Record<string, { username: string; password: string }>,
): Promise<SecretsManager> {
  const stored = new Map(Object.entries(logins));
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { SecretId } = JSON.parse(body);
      asked.push(`${request.headers['x-amz-target']} ${SecretId}`);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Name: 'wallet', SecretString: JSON.stringify(stored.get(SecretId)) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    logins: stored,
    asked,
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
