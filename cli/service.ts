import { WalletClient } from '../client/src/index.ts';

/** Which service is called, and as whom. */
export interface ServiceOptions {
  /** WALLET_URL, or the one of this machine. */
  url?: string | undefined;
  /** WALLET_TOKEN; none where the service asks for none. */
  token?: string | undefined;
}

export function connect({ url, token }: ServiceOptions): WalletClient {
  const { WALLET_URL = 'http://localhost:3000', WALLET_TOKEN } = process.env;
  return new WalletClient({ baseUrl: url ?? WALLET_URL, token: token ?? WALLET_TOKEN });
}
