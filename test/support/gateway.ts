import type { AddressInfo } from 'node:net';
import { createGateway } from '../../infra/local/gateway';
import type { TestWallet } from './wallet';

/** The local gateway on loopback. `called`: the routes that have answered with success, as `GET /health`. */
export async function listening(
  wallet: TestWallet,
): Promise<{ url: string; called: Set<string>; close(): Promise<void> }> {
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<
    typeof createGateway
  >[0]['logger'];
  const gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger, load: wallet.load });
  const called = new Set<string>();
  gateway.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode < 300) {
      called.add(`${request.method} ${request.routeOptions.url}`);
    }
  });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  const { port } = gateway.server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, called, close: () => gateway.close() };
}
