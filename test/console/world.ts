import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WalletClient } from '../../client/src';
import { CONSOLE_FOLDER } from '../../infra/local/console';
import { createGateway } from '../../infra/local/gateway';
import { openGuard } from '../../infra/local/guard';
import { issueToken } from '../../infra/local/issuer';
import { readSettings } from '../../lib/app/config';
import { consoleConfig } from '../../lib/app/console';
import { serveConsole } from '../../lib/http/console';
import { type Clock, standClock } from '../support/clock';
import { checkpoint } from '../support/follower';
import { lotCalls } from '../support/lots';
import { openWallet, type TestWallet } from '../support/wallet';

/** A service that serves the console, and a player whose gems vanished yesterday at 14:00. */
export interface World {
  wallet: TestWallet;
  clock: Clock;
  url: string;
  tokenOf(subject: string, scope: string): Promise<string>;
  close(): Promise<void>;
}

export const PLAYER = 'dragon.slayer';
/** The id of what the game has sent. */
export const PURCHASE_KEY = 'shop/order 4711';

/** `issue`: makes the tokens where that is not the service's own business. */
export async function openWorld(
  given: Record<string, string> = { AUTH: 'local' },
  issue?: (subject: string, scope: string) => string,
): Promise<World> {
  const wallet = await openWallet({ service: { logLevel: 'error' } });
  const clock = await standClock(wallet);
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-console-'));
  const settings = readSettings(given);
  const { authorizer } = await openGuard(settings, folder);
  const config = { ...consoleConfig(settings), key: wallet.config.checkpoints.key };
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<
    typeof createGateway
  >[0]['logger'];
  const gateway = await createGateway({
    rateLimitPerMinute: 0,
    corsOrigin: '*',
    logger,
    authorizer,
    console: serveConsole(config, CONSOLE_FOLDER),
  });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
  const tokenOf = async (subject: string, scope: string) =>
    issue?.(subject, scope) ?? issueToken(folder, { subject, scope, days: 1 });
  await play(wallet, clock, async (subject, scope) => {
    const token = await tokenOf(subject, scope);
    return new WalletClient({ baseUrl: url, token });
  });
  return {
    wallet,
    clock,
    url,
    tokenOf,
    async close() {
      await gateway.close();
      await rm(folder, { recursive: true });
      await wallet.close();
    },
  };
}

/** What happened before the player asks. */
async function play(
  wallet: TestWallet,
  clock: Clock,
  as: (subject: string, scope: string) => Promise<WalletClient>,
): Promise<void> {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const admin = await as('olga.operator', 'wallet:admin');
  const game = await as('game-backend', 'wallet:write');
  const gems = { userId: PLAYER, assetCode: 'GEM' };
  await clock.set(`${day(3)}T09:00:00Z`);
  await admin.assets.put('GEM', { name: 'Gems', scale: 0, lots: true, reason: 'season 7' });
  await game.accounts.put(PLAYER, { name: 'Dragon Slayer' });
  await game.accounts.put('dragonfly', { name: 'Dragonfly' });
  await clock.set(`${day(2)}T18:30:00Z`);
  await game.topup({ ...gems, amount: 250, source: 'app-store', idempotencyKey: 'app-store/1' });
  await clock.set(`${day(2)}T18:31:00Z`);
  await game.bonus({
    ...gems,
    amount: 100,
    source: 'season-7',
    expiresAt: `${day(1)}T14:00:30Z`,
    metadata: { reason: 'Season reward' },
  });
  await clock.set(`${day(1)}T14:00:00Z`);
  await game.purchase({
    ...gems,
    amount: 60,
    idempotencyKey: PURCHASE_KEY,
    metadata: { itemName: 'Flame Sword' },
  });
  await clock.set(`${day(1)}T14:00:30Z`);
  await lotCalls(() => wallet).sweep();
  await clock.set(`${day(0)}T00:00:10Z`);
  await game.holds.place({ ...gems, amount: 20, expiresInSeconds: 864_000 });
  await admin.subscribers.put('analytics', { kind: 'webhook', url: 'https://127.0.0.1:9/events' });
  await checkpoint(wallet);
  await clock.set(new Date().toISOString());
}
