import { WalletClient } from '../client/src/index.ts';
import { UsageError } from './exit';

/** Which service is called, and as whom. */
export interface ServiceOptions {
  /** WALLET_URL, or the one of this machine. */
  url?: string | undefined;
  /** WALLET_TOKEN; none where the service asks for none. */
  token?: string | undefined;
}

export function connect({ url, token }: ServiceOptions): WalletClient {
  const { WALLET_URL = 'http://localhost:3000', WALLET_TOKEN } = process.env;
  const baseUrl = url ?? WALLET_URL;
  if (!/^https?:\/\//.test(baseUrl) || !URL.canParse(baseUrl)) {
    const name = url === undefined ? 'WALLET_URL' : '--url';
    throw new UsageError(`${name} must be an address that begins with http:// or https://, not ${baseUrl}`);
  }
  return new WalletClient({ baseUrl, token: token ?? WALLET_TOKEN });
}
