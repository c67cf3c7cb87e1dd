import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CONSOLE_FOLDER } from '../../infra/local/console';
import { discrepancies } from '../support/reconcile';
import { openScreen, type Screen } from './screen';
import { openWorld, PLAYER, PURCHASE_KEY, type World } from './world';

/** Stops a browser that hangs. */
jest.setTimeout(300_000);

let world: World;
let screen: Screen;
beforeAll(async () => {
  world = await openWorld();
  screen = await openScreen();
});
afterAll(async () => {
  await screen.close();
  expect(await discrepancies(world.wallet)).toEqual({});
  await world.close();
});

test('all files of the console together are under 250 KB, compressed', () => {
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

async function signIn(subject: string, scope: string): Promise<void> {
  const { page, button } = screen;
  await page.getByRole('textbox', { name: 'Token' }).fill(await world.tokenOf(subject, scope));
  await button('Sign in').click();
  await page.getByRole('searchbox').waitFor();
}

/** Milliseconds after which the first content was painted. */
const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    list.getEntriesByName('first-contentful-paint').forEach(({ startTime }) => resolve(startTime));
  }).observe({ type: 'paint', buffered: true });
})`;

test('the page paints within a second', async () => {
  const paints: number[] = [];
  // Other tests use this machine: the fastest of some tells of the page.
  for (let visit = 0; visit < 8 && Math.min(...paints) > 500; visit++) {
    const context = await screen.page.context().browser()?.newContext();
    const page = await context?.newPage();
    await page?.goto(`${world.url}/console`);
    paints.push((await page?.evaluate<number>(FIRST_PAINT)) ?? Number.POSITIVE_INFINITY);
    await context?.close();
  }
  process.stdout.write(`the console paints first after ${Math.round(Math.min(...paints))} ms\n`);
  expect(Math.min(...paints)).toBeLessThan(1_000);
});

describe('the story: 100 gems vanished yesterday at 14:00', () => {
  test('the support agent signs in with a token', async () => {
    const { page, button, shoot } = screen;
    await page.goto(`${world.url}/console`);
    await page.getByLabel('Token').waitFor();
    await shoot('sign-in');
    await page.getByRole('textbox', { name: 'Token' }).fill('made up');
    await button('Sign in').click();
    await page.getByText('The service does not take this token').waitFor();
    await page.getByRole('textbox', { name: 'Token' }).fill(`e.${btoa('{"exp":1}')}.s`);
    await button('Sign in').click();
    await page.getByText('The token has expired').waitFor();
    await signIn('sam.support', 'wallet:admin');
    await page.getByText('Signed in as sam.support').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  test('the agent finds the player by the beginning of the userId', async () => {
    const { page, find, row, shoot } = screen;
    await page.getByRole('link', { name: 'Find' }).click();
    await page.getByText('What to type above').waitFor();
    await shoot('find');
    await find('dragon');
    await page.getByRole('link', { name: 'dragonfly' }).waitFor();
    await shoot('found');
    await page.getByRole('link', { name: PLAYER }).click();
    await page.getByRole('heading', { name: PLAYER, level: 1 }).waitFor();
    await row('Flame Sword').waitFor();
  });

  test('the agent sees the purchase and the expiry, and who sent each', async () => {
    const { row, shoot } = screen;
    const [purchase, expiry] = [row('Flame Sword'), row('Expiry')];
    await purchase.getByText('game-backend').waitFor();
    await expiry.getByText('the service').waitFor();
    expect(await purchase.innerText()).toMatch(/14:00:00.*−60 GEM.*290/s);
    expect(await expiry.innerText()).toMatch(/14:00:30.*−40 GEM.*250/s);
    await shoot('player');
  });

  test('the agent sees both sides of the purchase, its sender, and its verified proof', async () => {
    const { page, row, section, shoot } = screen;
    await row('Flame Sword').getByRole('link').click();
    await page.getByText('Verified in this browser').waitFor();
    expect(await section('Transaction').innerText()).toMatch(/game-backend[\s\S]*shop\/order 4711/);
    expect(await section('Entries').innerText()).toMatch(/dragon\.slayer[\s\S]*system: revenue/);
    await shoot('transaction');
  });

  test('the agent refunds the purchase with a reason, after seeing the effect', async () => {
    const { act, shoot } = screen;
    const dialog = await screen.open('Refund');
    await dialog.getByLabel('Reason').fill('Ticket 815: bought by a bug');
    expect(await act('Refund').isDisabled()).toBe(true);
    await act('Show the effect').click();
    await dialog.getByText('This would happen').waitFor();
    expect(await dialog.innerText()).toMatch(
      /Gives back\s+60 GEM[\s\S]*Balance now\s+250[\s\S]*afterwards\s+310/,
    );
    await shoot('refund');
    await dialog.getByLabel('Amount').fill('61');
    expect(await act('Refund').isDisabled()).toBe(true);
    await dialog.getByLabel('Amount').fill('');
    await act('Show the effect').click();
    await act('Refund').click();
    await dialog.getByText('Done').waitFor();
    await shoot('refunded');
    await act('Close').last().click();
  });

  test('the agent sees the refund in the timeline, and finds the act recorded', async () => {
    const { page, find, row, section, shoot } = screen;
    await section('What came of it').getByText('sam.support').waitFor();
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
    await page.getByRole('heading', { name: 'Purchase of 60 GEM' }).waitFor();
  });

  test('the agent cannot refund a purchase of which nothing is left', async () => {
    const refund = screen.button('Refund');
    await screen.page.locator('button[title="Nothing is left of it."]').waitFor();
    expect(await refund.isDisabled()).toBe(true);
  });
});

describe('the story: a token ends, and the next token has other scopes', () => {
  test('after a new sign-in, the dialog has again what was typed before the token ended', async () => {
    const { page, find, button, act } = screen;
    await find(PLAYER);
    const dialog = await screen.open('Grant a bonus');
    await dialog.getByLabel('Asset').selectOption('GEM');
    await dialog.getByLabel('Amount').fill('3');
    await dialog.getByLabel('Reason').fill('Ticket 820: a long story');
    const refuse = { status: 401, json: { success: false, error: { code: 'UNAUTHENTICATED' } } };
    await page.route('**/api/transactions/bonus', (route) => route.fulfill(refuse));
    await act('Show the effect').click();
    await page.getByText('The service does not take this token').waitFor();
    await page.unroute('**/api/transactions/bonus');
    await signIn('sam.support', 'wallet:admin');
    await screen.open('Grant a bonus');
    await dialog.getByText('This is what you typed before.').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Ticket 820: a long story');
    await button('Start anew').click();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('');
    await page.keyboard.press('Escape');
  });

  test('a person with a read-only token can read, and sees which scope is missing', async () => {
    const { page, find, button, row, shoot } = screen;
    await button('Sign out').click();
    await signIn('rita.reader', 'wallet:read');
    await find('dragon');
    await page.getByText('This token may not list players').waitFor();
    await find(PLAYER);
    await row('Flame Sword').waitFor();
    await page.getByText('Acts of administration are not shown').waitFor();
    const adjust = button('Adjust');
    expect([await adjust.isDisabled(), await adjust.getAttribute('title')]).toEqual([
      true,
      expect.stringContaining('needs the scope wallet:admin'),
    ]);
    await shoot('player-read-only');
  });
});

test('every page passes the WCAG AA checks of axe, fits the screen, and reports no error', () => {
  expect([screen.findings, screen.troubles]).toEqual([[], []]);
});
