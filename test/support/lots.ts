import type { RouteId } from '../../functions/routes';
import { key, type Reply, type TestWallet } from './wallet';

/** What tests of assets with lots ask of a wallet, which is opened later. */
export function lotCalls(wallet: () => TestWallet) {
  return {
    send: (id: RouteId, body: object): Promise<Reply> =>
      wallet().call(id, { body: { idempotencyKey: key(), ...body } }),

    inBatch: (type: string, body: object): Promise<Reply> =>
      wallet().call('wallet/batch', { body: { transactions: [{ type, idempotencyKey: key(), ...body }] } }),

    putAsset: (assetCode: string, rules: object = {}): Promise<Reply> =>
      wallet().call('admin/put-asset', {
        path: { assetCode },
        body: { name: assetCode, scale: 2, lots: true, transferable: true, ...rules },
      }),

    lotsOf: async (userId: string, assetCode: string) => {
      const reply = await wallet().call('wallet/lots', { path: { userId }, query: { assetCode } });
      return reply.body.data.lots;
    },

    balanceOf: async (userId: string, assetCode: string, query: Record<string, string> = {}) => {
      const path = { userId };
      const reply = await wallet().call('wallet/balance', { path, query: { assetCode, ...query } });
      return reply.body.data.balances[0];
    },

    /** Books what has expired, until nothing is left. */
    sweep: async (): Promise<void> => {
      const call = { deadline: Number.POSITIVE_INFINITY, retries: [] };
      while ((await wallet().app.ledger.expireLots(100, call)) > 0) {
        // Another slice.
      }
    },
  };
}

/** The code of the asset that a test makes for a burn order. */
export function assetOf(order: string): string {
  return order.toUpperCase().replace('-', '_');
}
