import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { listening } from '../support/gateway';
import { type LocalServer, serve } from '../support/http-server';
import { openAccounts, openWallet, type TestWallet } from '../support/wallet';

/** What the page's script has made. */
interface Page {
  gameWallet: typeof import('../../client/src');
}

let wallet: TestWallet;
let gateway: Awaited<ReturnType<typeof listening>>;
let site: LocalServer;
let browser: Browser;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ada');
  gateway = await listening(wallet);
  const { outputFiles } = await build({
    entryPoints: ['client/src/index.ts'],
    bundle: true,
    globalName: 'gameWallet',
    write: false,
  });
  site = await serve((response) =>
    response
      .setHeader('content-type', 'text/html')
      .end(`<!doctype html><title>A page</title><script>${outputFiles[0]?.text}</script>`),
  );
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await gateway.close();
  await wallet.close();
});

test('a page of another origin can move money, read pages and errors, and recognise a replay', async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  const seen = await page.evaluate(async (baseUrl) => {
    const { WalletClient, RefusedError } = (globalThis as unknown as Page).gameWallet;
    const client = new WalletClient({ baseUrl });
    const coins = { userId: 'ada', assetCode: 'GOLD_COIN' };
    await client.topup({ ...coins, amount: '25.10' });
    const first = await client.topup({ ...coins, amount: 1, idempotencyKey: 'once' }).withResponse();
    const again = await client.topup({ ...coins, amount: 1, idempotencyKey: 'once' }).withResponse();
    const amounts: number[] = [];
    for await (const { amount } of client.history('ada', { limit: 1 })) {
      amounts.push(amount);
    }
    const refused = await client.purchase({ ...coins, amount: 99 }).catch((error: unknown) => error);
    const isNamed = typeof again.requestId === 'string';
    return [
      first.replayed,
      again.replayed,
      isNamed,
      amounts,
      refused instanceof RefusedError && refused.code,
    ];
  }, gateway.url);
  expect(seen).toEqual([false, true, true, [1, 25.1], 'INSUFFICIENT_FUNDS']);
});
