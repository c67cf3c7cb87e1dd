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
    await screen.find('dragon');
    await page.getByText('The service does not take this token').waitFor();
    await page
      .getByRole('textbox', { name: 'Token' })
      .fill(await world.tokenOf('sam.support', 'wallet:admin'));
    await button('Sign in').click();
    await page.getByRole('searchbox').waitFor();
    expect(await page.evaluate('localStorage.length')).toBe(0);
  });

  test('finds the player by the beginning of the userId', async () => {
    const { page, find, row, shoot } = screen;
    await page.getByRole('link', { name: 'Find' }).click();
    await page.getByText('The field above takes').waitFor();
    await shoot('find');
    await find('dragon');
    await page.getByRole('link', { name: 'dragonfly' }).waitFor();
    await shoot('found');
    await page.getByRole('link', { name: PLAYER }).click();
    await page.getByRole('heading', { name: PLAYER, level: 1 }).waitFor();
    await row('Purchase Flame Sword').waitFor();
  });

  test('sees the purchase and the expiry, and who sent each', async () => {
    const { row, shoot } = screen;
    const [purchase, expiry] = [row('Purchase Flame Sword'), row(/Expired/)];
    await purchase.getByText('game-backend').waitFor();
    await expiry.getByText('the service').waitFor();
    expect(await purchase.innerText()).toMatch(/14:00:00.*−60 GEM.*290/s);
    expect(await expiry.innerText()).toMatch(/14:00:30.*−40 GEM.*250/s);
    await shoot('player');
  });

  test('opens the purchase: both sides, the sender, and its proof verified here', async () => {
    const { page, row, section, shoot } = screen;
    await row('Purchase Flame Sword').getByRole('link').click();
    await page.getByText('Verified in this browser').waitFor();
    expect(await section('Transaction').innerText()).toMatch(/game-backend[\s\S]*shop\/order 4711/);
    expect(await section('Entries').innerText()).toMatch(/dragon\.slayer[\s\S]*system: revenue/);
    await shoot('transaction');
  });

  test('refunds it with a reason, after its effect was shown', async () => {
    const { page, button, act, shoot } = screen;
    await button('Refund').click();
    const dialog = page.getByRole('dialog');
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

  test('sees the refund in the timeline, and finds the act recorded', async () => {
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
    await page.getByRole('heading', { name: 'In-app Purchase of 60 GEM' }).waitFor();
  });
});

test('each page keeps to WCAG AA as far as axe sees, fits the screen, and reports no error', () => {
  expect([screen.findings, screen.troubles]).toEqual([[], []]);
});
