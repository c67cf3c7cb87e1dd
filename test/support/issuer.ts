import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { signInBy } from './sign-in';
import type { Certificate } from './tls';

/** An OpenID Connect issuer: its keys, tokens that it signs, and people whom it signs in. */
export interface Issuer {
  url: string;
  /** How often its keys were fetched. */
  fetches(): number;
  /** What its keys answer while something is wrong there. */
  failing: boolean;
  /** An access token; each part may be made wrong. */
  token(claims?: object, header?: object, key?: KeyObject): string;
  close(): void;
}

export const AUDIENCE = 'game';
/** Whom it signs in. */
export const SUBJECT = 'sam.support';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
/** Seconds that a token lives. */
const LIFETIME = 300;

export async function startIssuer({
  certFile,
  keyFile,
}: Pick<Certificate, 'certFile' | 'keyFile'>): Promise<Issuer> {
  let fetches = 0;
  const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }];
  const server = createServer(
    { cert: readFileSync(certFile), key: readFileSync(keyFile) },
    (request, response) => {
      if (signIn(request, response)) {
        return;
      }
      fetches += 1;
      response.statusCode = issuer.failing ? 503 : 200;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys }));
    },
  );
  const signIn = signInBy(
    () => url,
    SUBJECT,
    (claims) => issuer.token(claims),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}`;
  const issuer: Issuer = {
    url,
    fetches: () => fetches,
    failing: false,
    token(claims = {}, header = {}, key = privateKey) {
      const now = Math.floor(Date.now() / 1_000);
      const payload = {
        iss: url,
        aud: AUDIENCE,
        sub: 'backend',
        scope: 'wallet:write',
        iat: now,
        exp: now + LIFETIME,
        ...claims,
      };
      return sign({ alg: 'RS256', kid: 'one', typ: 'JWT', ...header }, payload, key);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return issuer;
}

/** A token with a signature of RS256, whatever its header says. */
function sign(header: object, payload: object, key: KeyObject): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(header)}.${encode(payload)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}
