import { type Settings, splitList } from './config';
import { outsideConfig } from './key-settings';
import type { KeySource } from './sealing';

/** What the console must know to sign people in, and whose signature proves the ledger. */
export interface ConsoleConfig {
  signIn: SignIn;
  /** Origins beside the issuer's that give tokens. */
  tokenOrigins: string[];
  /** Of checkpoints. */
  key: KeySource;
}

/** Nobody need sign in, or a person pastes a token, or OpenID Connect gives one to this client. */
export type SignIn = 'none' | 'token' | { issuer: string; clientId: string; scope: string };

export function consoleConfig(read: Settings): ConsoleConfig {
  return {
    signIn: signInBy(read),
    tokenOrigins: read.CONSOLE_ORIGINS === undefined ? [] : splitList(read.CONSOLE_ORIGINS),
    key: outsideConfig(read, read.DB_NAME).checkpoints.key,
  };
}

function signInBy({
  AUTH: auth = 'none',
  JWT_ISSUER: issuer,
  CONSOLE_CLIENT_ID: clientId,
  CONSOLE_SCOPE: scope,
}: Settings): SignIn {
  if (auth === 'none') {
    return 'none';
  }
  return auth === 'jwt' && issuer && clientId ? { issuer, clientId, scope } : 'token';
}
