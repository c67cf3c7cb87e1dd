import { readFileSync } from 'node:fs';
import { globalAgent } from 'node:https';
import { AUDIENCE, type Issuer, SUBJECT, startIssuer } from '../support/issuer';
import { type Certificate, makeCertificate } from '../support/tls';
import { openScreen, type Screen } from './screen';
import { openWorld, PLAYER, type World } from './world';

/** Stops a browser that hangs. */
jest.setTimeout(300_000);

let certificate: Certificate;
let issuer: Issuer;
let world: World;
let screen: Screen;
beforeAll(async () => {
  certificate = await makeCertificate();
  globalAgent.options.ca = readFileSync(certificate.certFile);
  issuer = await startIssuer(certificate);
  const settings = {
    AUTH: 'jwt',
    JWT_ISSUER: issuer.url,
    JWT_AUDIENCE: AUDIENCE,
    CONSOLE_CLIENT_ID: 'wallet-console',
    CONSOLE_SCOPE: 'openid wallet:admin',
  };
  world = await openWorld(settings, (sub, scope) => issuer.token({ sub, scope }));
  screen = await openScreen();
});
afterAll(async () => {
  await screen.close();
  await world.close();
  issuer.close();
  await certificate.remove();
});

test('a person who opens a player’s page signs in at the issuer, and returns to that page', async () => {
  const { page, button, row, shoot } = screen;
  await page.goto(`${world.url}/console/players/${PLAYER}`);
  await button('Sign in').waitFor();
  await shoot('sign-in-at-issuer');
  await button('Sign in').click();
  await row('Flame Sword').waitFor();
  await page.getByText(`Signed in as ${SUBJECT}`).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/players/${PLAYER}`);
  expect(await page.evaluate('localStorage.length')).toBe(0);
});

test('a token that is about to end is renewed, once for all requests', async () => {
  const kept = await screen.page.evaluate<string>('Object.values(sessionStorage).join()');
  expect(JSON.parse(/\{.*\}/.exec(kept)?.[0] ?? '{}').expires_at).toBeGreaterThan(Date.now() / 1_000 + 200);
});

test('the service records who signed in, and the sign-in survives a reload', async () => {
  const { page, button, act, row } = screen;
  await page.reload();
  await button('Grant a bonus').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Asset').selectOption('DIAMOND');
  await dialog.getByLabel('Amount').fill('1');
  await dialog.getByLabel('Reason').fill('Ticket 900');
  await act('Show the effect').click();
  await dialog.getByText('This would happen').waitFor();
  await act('Grant a bonus').click();
  await dialog.getByText('Done').waitFor();
  await act('Close').last().click();
  await row('Ticket 900').getByText(SUBJECT).waitFor();
  await button('Sign out').click();
  await button('Sign in').waitFor();
  await page.reload();
  await button('Sign in').waitFor();
});

test('every page passes the WCAG AA checks of axe, fits the screen, and reports no error', () => {
  expect([screen.findings, screen.troubles]).toEqual([[], []]);
});
