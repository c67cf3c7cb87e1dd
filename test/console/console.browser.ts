import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { CONSOLE_FOLDER } from '../../infra/local/console';
import { launchBrowser } from '../support/browser';
import { discrepancies } from '../support/reconcile';
import { openWorld, PLAYER, PURCHASE_KEY, type World } from './world';

/** What somebody looks at after a run. */
const SCREENSHOTS = path.resolve('console/screenshots');
const WIDTHS = [1280, 390];
const SCHEMES = ['light', 'dark'] as const;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Stops a browser that hangs. */
jest.setTimeout(300_000);

let world: World;
let browser: Browser;
let page: Page;
const troubles: string[] = [];
const findings: string[] = [];

beforeAll(async () => {
  // As it is now, and not as it was installed.
  execFileSync('npm', ['run', '--silent', 'console'], { stdio: 'inherit' });
  rmSync(SCREENSHOTS, { recursive: true, force: true });
  mkdirSync(SCREENSHOTS, { recursive: true });
  world = await openWorld();
  browser = await launchBrowser();
  page = await browser.newPage({ timezoneId: 'UTC', viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(10_000);
  // The browser itself tells each 404, which is how the service says what a name is not.
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !message.text().includes('status of 404') &&
      troubles.push(message.text()),
  );
  page.on('pageerror', (error) => troubles.push(error.message));
});
afterAll(async () => {
  await browser.close();
  expect(await discrepancies(world.wallet)).toEqual({});
  await world.close();
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const section = (name: string) => page.getByRole('region', { name, exact: true });
const row = (text: string | RegExp) => section('Timeline').getByRole('row').filter({ hasText: text });

/** Pictures of the page as it is, at both widths and in both schemes, with what axe finds in each. */
async function shoot(name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(150);
      await page.screenshot({
        path: path.join(SCREENSHOTS, `${name}-${width}-${colorScheme}.png`),
        // A dialog covers what is seen, not what lies below.
        fullPage: (await page.getByRole('dialog').count()) === 0,
      });
      findings.push(...(await findingsOfAxe()).map((found) => `${name} ${width} ${colorScheme}: ${found}`));
    }
    if ((await page.evaluate('document.documentElement.scrollWidth')) !== width) {
      findings.push(`${name} ${width}: is wider than the screen`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}

async function findingsOfAxe(): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(RULES)} })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

async function find(text: string): Promise<void> {
  await page.getByRole('searchbox').fill(text);
  await page.keyboard.press('Enter');
}

test('all that the page is made of is under 250 KB, compressed', () => {
  const files = readdirSync(CONSOLE_FOLDER, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const bytes = files.reduce(
    (sum, { parentPath, name }) => sum + gzipSync(readFileSync(path.join(parentPath, name))).length,
    0,
  );
  process.stdout.write(`the console has ${Math.round(bytes / 1024)} KB, compressed\n`);
  expect(bytes).toBeLessThan(250 * 1024);
});

describe('the story: 100 gems vanished yesterday at 14:00', () => {
  test('the support agent signs in with a token, and the page paints within a second', async () => {
    await page.goto(`${world.url}/console`);
    await page.getByLabel('Token').waitFor();
    const entry = await page.waitForFunction<{ startTime: number }>(
      `performance.getEntriesByName('first-contentful-paint')[0]?.toJSON()`,
    );
    const { startTime: painted } = await entry.jsonValue();
    process.stdout.write(`the console paints first after ${Math.round(painted)} ms\n`);
    expect(painted).toBeLessThan(1_000);
    await shoot('sign-in');
    await page
      .getByRole('textbox', { name: 'Token' })
      .fill(await world.tokenOf('sam.support', 'wallet:admin'));
    await button('Sign in').click();
    await page.getByRole('heading', { name: 'Find' }).waitFor();
    await shoot('find');
  });

  test('finds the player by the beginning of the userId', async () => {
    await find('dragon');
    await page.getByRole('link', { name: 'dragonfly' }).waitFor();
    await shoot('found');
    await page.getByRole('link', { name: PLAYER }).click();
    await page.getByRole('heading', { name: PLAYER, level: 1 }).waitFor();
    await row('Purchase Flame Sword').waitFor();
  });

  test('sees the purchase and the expiry, and who sent each', async () => {
    const purchase = row('Purchase Flame Sword');
    const expiry = row(/Expired/);
    await purchase.getByText('game-backend').waitFor();
    await expiry.getByText('the service').waitFor();
    expect(await purchase.innerText()).toMatch(/14:00:00.*−60 GEM.*290/s);
    expect(await expiry.innerText()).toMatch(/14:00:30.*−40 GEM.*250/s);
    await shoot('player');
  });

  test('opens the purchase: both sides, the sender, and its proof verified here', async () => {
    await row('Purchase Flame Sword').getByRole('link').click();
    await page.getByText('Verified in this browser').waitFor();
    expect(await section('Transaction').innerText()).toMatch(/game-backend[\s\S]*shop\/order 4711/);
    expect(await section('Entries').innerText()).toMatch(/dragon\.slayer[\s\S]*system: revenue/);
    await shoot('transaction');
  });

  test('refunds it with a reason, after its effect was shown', async () => {
    await button('Refund').click();
    const dialog = page.getByRole('dialog');
    const refund = dialog.getByRole('button', { name: 'Refund', exact: true });
    await dialog.getByLabel('Reason').fill('Ticket 815: bought by a bug');
    expect(await refund.isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: 'Show the effect' }).click();
    await dialog.getByText('This would happen').waitFor();
    expect(await dialog.innerText()).toMatch(
      /Gives back\s+60 GEM[\s\S]*Balance now\s+250[\s\S]*afterwards\s+310/,
    );
    await shoot('refund');
    await dialog.getByLabel('Amount').fill('61');
    expect(await refund.isDisabled()).toBe(true);
    await dialog.getByLabel('Amount').fill('');
    await dialog.getByRole('button', { name: 'Show the effect' }).click();
    await refund.click();
    await dialog.getByText('Done').waitFor();
    await shoot('refunded');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
  });

  test('sees the refund in the timeline, and finds the act recorded', async () => {
    await section('Entries').getByRole('link', { name: PLAYER }).click();
    await row('Refund').getByText('sam.support').waitFor();
    expect(await row('Refund').innerText()).toMatch(/Ticket 815: bought by a bug[\s\S]*\+60 GEM[\s\S]*310/);
    await shoot('player-refunded');
    await row('Refund').getByRole('link').first().click();
    await page.getByText('No checkpoint has it yet').waitFor();
    expect(await section('Transaction').innerText()).toMatch(
      /sam\.support[\s\S]*Ticket 815: bought by a bug[\s\S]*Belongs to/,
    );
    await find(PURCHASE_KEY);
    await page.getByRole('heading', { name: 'In-app Purchase of 60 GEM' }).waitFor();
  });
});

test('every page keeps to WCAG AA as far as axe sees, and to the width of the screen', () => {
  expect(findings).toEqual([]);
});

test('no page reported an error, and none was blocked by the policy', () => {
  expect(troubles).toEqual([]);
});
