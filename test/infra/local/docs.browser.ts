import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { routeList } from '../../../functions/routes';
import { createGateway } from '../../../infra/local/gateway';
import { openGuard } from '../../../infra/local/guard';
import { issueToken } from '../../../infra/local/issuer';
import { readSettings } from '../../../lib/app/config';
import { operationIdOf } from '../../../lib/contract/openapi';
import { launchBrowser } from '../../support/browser';
import { discrepancies } from '../../support/reconcile';
import { balanceOf, openWallet, type TestWallet } from '../../support/wallet';

/** Not `localhost`: pages do there what they would not do elsewhere. */
const HOST = 'wallet.example';
/** Stops a browser that hangs. */
jest.setTimeout(600_000);

let wallet: TestWallet;
let folder: string;
let gateway: FastifyInstance;
let browser: Browser;
let page: Page;
let docs: string;
const troubles: string[] = [];
const hosts = new Set<string>();

beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-docs-'));
  const logger = { http: () => undefined, error: () => undefined } as unknown as Parameters<
    typeof createGateway
  >[0]['logger'];
  const { authorizer } = await openGuard(readSettings({ AUTH: 'local' }), folder);
  gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger, authorizer });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  docs = `http://${HOST}:${(gateway.server.address() as AddressInfo).port}/docs`;
  browser = await launchBrowser(HOST);
});
afterAll(async () => {
  await browser.close();
  await gateway.close();
  await rm(folder, { recursive: true });
  expect(await discrepancies(wallet)).toEqual({});
  await wallet.close();
});

beforeEach(async () => {
  page = await browser.newPage();
  troubles.length = 0;
  hosts.clear();
  page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
});
afterEach(() => page.close());

/** What the page shows of the answer to its own example of a top-up. */
async function sendTopup(): Promise<string> {
  const topup = page.locator('#operations-wallet-walletTopup');
  const answered = page.waitForResponse((response) => response.url().endsWith('/api/transactions/topup'));
  await topup.getByRole('button', { name: 'Execute' }).click();
  const status = (await answered).status();
  await topup.locator('.live-responses-table .response-col_status', { hasText: String(status) }).waitFor();
  return topup.locator('.live-responses-table .response').innerText();
}

test('the page shows every operation, calls no other host and reports no error', async () => {
  await page.goto(docs);
  await page
    .locator('.opblock')
    .nth(routeList.length - 1)
    .waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.locator('.opblock').count()).toBe(routeList.length);
  expect([...hosts].filter((host) => host !== '')).toEqual([new URL(docs).host]);
  expect(troubles).toEqual([]);
});

test.each(['wallet/topup', 'wallet/history', 'holds/capture', 'admin/put-account', 'system/health'] as const)(
  'a link to %s opens only that operation, and the page fits the width of a phone',
  async (id) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const [tag, operation] = [id.split('/')[0], operationIdOf({ id })];
    await page.goto(`${docs}#/${tag}/${operation}`);
    await page.locator(`#operations-${tag}-${operation}.is-open .response`).first().waitFor();
    expect(await page.locator('.opblock.is-open').count()).toBe(1);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  },
);

test('a top-up sent from the page is refused without a token and posted with one', async () => {
  await page.goto(`${docs}#/wallet/walletTopup`);
  expect(await sendTopup()).toContain('UNAUTHENTICATED');
  await page.locator('.auth-wrapper').first().getByRole('button', { name: 'Authorize' }).click();
  const dialog = page.locator('.modal-ux');
  await dialog
    .getByRole('textbox')
    .fill(await issueToken(folder, { scope: 'wallet:grant', subject: 'reader', days: 1 }));
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const before = await balanceOf(wallet, 'user_001', 'GOLD_COIN');
  expect(await sendTopup()).toMatch(/^201\s/);
  expect(await balanceOf(wallet, 'user_001', 'GOLD_COIN')).toBe(before + 100);
});
