import { existsSync } from 'node:fs';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { JsonWebKeySet, JwtConfig } from '../../lib/app/config';

const ISSUER = 'https://game-wallet.localhost';
const AUDIENCE = 'game-wallet';
const ALGORITHM = 'EdDSA';

/** What a token of `AUTH=local` says. */
export interface TokenRequest {
  subject: string;
  /** Separated by spaces. */
  scope: string;
  days: number;
}

/** A token that the service of this folder takes when it runs with `AUTH=local`. */
export async function issueToken(folder: string, { subject, scope, days }: TokenRequest): Promise<string> {
  const key = await localKey(folder);
  return new SignJWT({ scope })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(`${days} days`)
    .sign(await importJWK(key, ALGORITHM));
}

/** What the authorizer needs to take those tokens, and no others. */
export async function localJwtConfig(folder: string): Promise<JwtConfig> {
  const { d: _private, ...publicKey } = await localKey(folder);
  return { issuer: ISSUER, audiences: [AUDIENCE], keys: { keys: [publicKey] } as JsonWebKeySet };
}

/** The signing key, made when it is first needed. Whoever can read the file can issue tokens. */
async function localKey(folder: string): Promise<JWK & { kid: string }> {
  const file = path.join(folder, 'issuer.json');
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
    const key = { ...(await exportJWK(privateKey)), kid: 'local', alg: ALGORITHM, use: 'sig' };
    await mkdir(folder, { recursive: true });
    // Two processes that start at once end with one key: a link is made whole, or not at all.
    const unfinished = `${file}.${process.pid}`;
    await writeFile(unfinished, JSON.stringify(key), { mode: 0o600 });
    await link(unfinished, file).catch(() => undefined);
    await rm(unfinished);
  }
  return JSON.parse(await readFile(file, 'utf8'));
}
