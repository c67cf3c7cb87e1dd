import { readFile } from 'node:fs/promises';
import { loadJob } from '../../infra/local/schedule';
import { toContext } from '../../lib/http/gateway-event';
import { openScreen, type Screen } from './screen';
import { openWorld, type World } from './world';

/** Stops a browser that hangs. */
jest.setTimeout(300_000);

let world: World;
let screen: Screen;
beforeAll(async () => {
  world = await openWorld({ AUTH: 'none' });
  await (await loadJob('jobs/reconcile-full'))({}, toContext('jobs/reconcile-full', 60_000));
  screen = await openScreen();
  await screen.page.goto(`${world.url}/console`);
});
afterAll(async () => {
  await screen.close();
  await world.close();
});

const open = (name: string) => screen.page.getByRole('link', { name, exact: true }).click();

test('the page shows the assets with their rules', async () => {
  await open('Assets');
  await screen.page.getByText('expiring-first').first().waitFor();
  await screen.shoot('assets');
});

test('the trial balance adds up to zero', async () => {
  await open('Trial balance');
  await screen.section('GEM').waitFor();
  expect(await screen.section('GEM').innerText()).toMatch(/user\s+250[\s\S]*Sum\s+0/);
  await screen.shoot('trial-balance');
});

test('the page shows a statement by kind, day and source, and downloads it as CSV', async () => {
  const { page, section, button, shoot } = screen;
  await open('Statement');
  const from = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('From (UTC)').fill(from);
  await page.getByLabel('Asset').selectOption('GEM');
  await section('GEM').getByRole('row').filter({ hasText: 'EXPIRY' }).waitFor();
  await page.getByRole('img', { name: /What moved GEM: .*Expiry −40/ }).waitFor();
  await shoot('statement');
  await page.reload();
  await page.getByText('The longest bar is 250 GEM').waitFor();
  expect(await section('GEM').getByRole('table', { name: 'Figures of GEM' }).innerText()).toMatch(
    /Closing\s+250\s+250\s+0/,
  );
  const wrong = page.getByRole('alert');
  await page.route('**/api/reports/statement*', (route) => route.fulfill({ status: 400, json: {} }), {
    times: 1,
  });
  await button('Download as CSV').click();
  await wrong.waitFor();
  await page.getByLabel('From (UTC)').fill('');
  await page.getByText('Choose a date').waitFor();
  expect([await button('Download as CSV').isDisabled(), await wrong.count()]).toEqual([true, 0]);
  await page.getByLabel('From (UTC)').fill(from);
  const downloading = page.waitForEvent('download');
  await button('Download as CSV').click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('statement.csv');
  expect(await readFile(await download.path(), 'utf8')).toMatch(
    /^from,to,asset,.*\n(.*\n)*.*GEM,EXPIRY,,,1,-40\n/,
  );
  await page.getByLabel('Movements').selectOption('source');
  await section('GEM').getByRole('row').filter({ hasText: 'app-store, paid' }).waitFor();
  await page.getByLabel('Movements').selectOption('day');
  await section('GEM')
    .getByRole('row')
    .filter({ hasText: new Date(Date.now() - 86_400_000).toISOString().slice(0, 10) })
    .waitFor();
});

test('the page shows the last reconciliation', async () => {
  await open('Reconciliation');
  await screen.page.getByText('All books agree').waitFor();
  await screen.shoot('reconciliation');
});

test('the page shows the checkpoints, and the browser verifies each signature', async () => {
  await open('Checkpoints');
  await screen.page.getByText('valid', { exact: true }).first().waitFor();
  await screen.shoot('checkpoints');
});

test('the page shows a subscriber with its lag, and can replay its events from the beginning', async () => {
  const { page, section, button, act, shoot } = screen;
  await open('Subscribers');
  await section('analytics').waitFor();
  expect(await section('analytics').innerText()).toMatch(/Lag\s+\d+ s/);
  await shoot('subscribers');
  await button('Replay').click();
  expect(await act('Show the effect').isDisabled()).toBe(true);
  await page.getByLabel('From where').selectOption('after');
  await page.getByLabel('Cursor').fill('12');
  await act('Show the effect').click();
  await page.getByText('A cursor has 80 digits').last().waitFor();
  await page.getByLabel('From where').selectOption('beginning');
  await act('Show the effect').click();
  await page.getByText('All events after this place are sent again.').waitFor();
  await act('Replay').click();
  await page.getByText('Done').waitFor();
  await act('Close').last().click();
  await section('analytics').getByTitle('0'.repeat(80)).waitFor();
});

test('a failing subscriber is shown as failing, and a recovered one shows no error', async () => {
  const { page, section } = screen;
  const analytics = section('analytics');
  await world.wallet.sql("UPDATE subscribers SET attempts = 3, last_error = 'refused'");
  await page.reload();
  await analytics.getByText('failing', { exact: true }).waitFor();
  expect(await analytics.innerText()).toMatch(/Last error\s+refused/);
  await world.wallet.sql('UPDATE subscribers SET attempts = 0');
  await page.reload();
  await analytics.getByText('enabled', { exact: true }).waitFor();
  expect(await analytics.innerText()).not.toMatch(/Last error/);
});

test('every page passes the WCAG AA checks of axe, fits the screen, and reports no error', () => {
  expect([screen.findings, screen.troubles]).toEqual([[], []]);
});
