import { discrepancies } from '../support/reconcile';
import { openScreen, type Screen } from './screen';
import { openWorld, PLAYER, type World } from './world';

/** Stops a browser that hangs. */
jest.setTimeout(300_000);

let world: World;
let screen: Screen;
beforeAll(async () => {
  world = await openWorld({ AUTH: 'none' });
  screen = await openScreen();
});
afterAll(async () => {
  await screen.close();
  expect(await discrepancies(world.wallet)).toEqual({});
  await world.close();
});

/** Fills a dialog in, and shows the effect. */
async function prepare(title: string, fields: Record<string, string>): Promise<string> {
  const { page, button, act } = screen;
  await button(title).click();
  const dialog = page.getByRole('dialog');
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByLabel(label);
    await (value.startsWith('choose ') ? field.selectOption(value.slice(7)) : field.fill(value));
  }
  await act('Show the effect').click();
  await dialog.getByText('This would happen').waitFor();
  return dialog.innerText();
}

/** Does what was prepared, and leaves the dialog. */
async function perform(title: string): Promise<void> {
  const { page, act } = screen;
  await act(title).click();
  await page.getByText('Done').waitFor();
  await act('Close').last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const show = (kind: string) => screen.section('Timeline').getByLabel('Show').selectOption({ label: kind });

test('where callers are not checked nobody need sign in, and a whole name leads to its player', async () => {
  const { page, find } = screen;
  await page.goto(`${world.url}/console/`);
  await find(PLAYER);
  await page.getByRole('heading', { name: PLAYER, level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/players/${PLAYER}`);
});

test('by the keyboard alone: the player is frozen with a reason, which the timeline keeps', async () => {
  const { page, section, row, shoot } = screen;
  const { keyboard } = page;
  const reach = async (name: string) => {
    for (let presses = 0; presses < 60; presses++) {
      await keyboard.press('Tab');
      if (
        (await page
          .locator(':focus')
          .innerText()
          .catch(() => '')) === name
      ) {
        return;
      }
    }
    throw new Error(`the keyboard does not reach ${name}`);
  };
  await reach('Freeze');
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.type('Ticket 816: account was stolen');
  await reach('Show the effect');
  await keyboard.press('Enter');
  await page.getByText('The player pays nothing and holds nothing.').waitFor();
  await shoot('freeze');
  await reach('Freeze');
  await keyboard.press('Enter');
  await page.getByText('Done').waitFor();
  await keyboard.press('Escape');
  await section('Account').getByText('frozen').waitFor();
  await show('Acts of administration');
  await row('Ticket 816: account was stolen').waitFor();
  expect(await row('Ticket 816').innerText()).toMatch(/Status changed[\s\S]*status: active, then frozen/);
  await show('Everything');
});

test('a bonus that expires is granted, and its lot is shown', async () => {
  const { section, row } = screen;
  const seen = await prepare('Grant a bonus', {
    Asset: 'choose GEM',
    Amount: '5',
    Reason: 'Ticket 817: sorry',
    Expires: '2030-01-02T03:04',
  });
  expect(seen).toMatch(/Gives\s+5 GEM[\s\S]*Balance now\s+250[\s\S]*Balance afterwards\s+255/);
  await perform('Grant a bonus');
  await row('Ticket 817: sorry').first().waitFor();
  await section('Balances').getByText('Jan 2, 2030, 03:04:00').first().waitFor();
});

test('an adjustment that the balance does not bear is refused before it can be sent', async () => {
  const { page, button, act, shoot } = screen;
  await button('Adjust').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Direction').selectOption('debit');
  await dialog.getByLabel('Asset').selectOption('GEM');
  await dialog.getByLabel('Amount').fill('100000');
  await dialog.getByLabel('Reason').fill('too much');
  await act('Show the effect').click();
  await dialog.getByText('INSUFFICIENT_FUNDS').waitFor();
  expect(await act('Adjust').isDisabled()).toBe(true);
  await shoot('refused');
  await dialog.getByLabel('Amount').fill('7');
  await act('Show the effect').click();
  await dialog.getByText('This would happen').waitFor();
  await perform('Adjust');
  await screen.row('too much').first().waitFor();
});

test('a hold is voided: what it held is available', async () => {
  const { section } = screen;
  expect(await prepare('Void', {})).toMatch(/Gives up\s+20 GEM[\s\S]*voided/);
  await perform('Void');
  await section('Active holds').getByText('Nothing is held.').waitFor();
});

test('the player is unfrozen', async () => {
  const seen = await prepare('Unfreeze', { Reason: 'Ticket 816: account is back' });
  expect(seen).toMatch(/Status now\s+frozen\s+Status afterwards\s+active/);
  await perform('Unfreeze');
  await screen.button('Freeze').waitFor();
});

test('a top-up is reversed, and shows what came of it', async () => {
  const { page, row, section } = screen;
  await row('Wallet Top-up').getByRole('link').click();
  await section('Entries').waitFor();
  const seen = await prepare('Reverse', {
    Reason: 'Ticket 818: charged back',
    'When the player has spent it': 'choose take-what-is-left',
  });
  expect(seen).toMatch(/Takes back/);
  await perform('Reverse');
  await section('What came of it').getByText('Reversal').waitFor();
  await page.goBack();
  await row('Ticket 818: charged back').first().waitFor();
});

test('the timeline filters by time and kind, and goes back as far as there is something', async () => {
  const { page, find, row, section, button } = screen;
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await section('Timeline').getByLabel('From').fill(`${day}T13:55`);
  await section('Timeline').getByLabel('To').fill(`${day}T14:05`);
  // The line of names, and two more.
  const lines = section('Timeline').getByRole('row');
  await lines.nth(3).waitFor({ state: 'detached' });
  expect(await lines.count()).toBe(3);
  await show('Entries: Expiries');
  await lines.nth(2).waitFor({ state: 'detached' });
  expect(await lines.count()).toBe(2);
  const transactions = Array.from({ length: 25 }, (_, index) => ({
    type: 'topup',
    userId: 'dragonfly',
    assetCode: 'GOLD_COIN',
    amount: 1234567.25,
    idempotencyKey: `many-${index}`,
  }));
  const { body } = await world.wallet.call('wallet/batch', { body: { transactions } });
  await find(body.data.groupId);
  await page.getByRole('link', { name: 'dragonfly' }).first().click();
  await row('1,234,567.25').first().waitFor();
  expect(await lines.count()).toBe(21);
  await button('Show more').click();
  await row('Account opened').waitFor();
  expect(await button('Show more').count()).toBe(0);
});

test('a person is erased: only who writes the userId once more is let through', async () => {
  const { page, button, act, find, shoot } = screen;
  await button('Erase').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Reason').fill('Request 12');
  await dialog.getByLabel('The userId, once more').fill('dragon');
  await act('Show the effect').click();
  await dialog.getByText('Write the userId as it is: dragonfly').waitFor();
  await dialog.getByLabel('The userId, once more').fill('dragonfly');
  await dialog.getByLabel('Forfeit what is left').check();
  await act('Show the effect').click();
  await dialog.getByText('30,864,181.25 GOLD_COIN').waitFor();
  await shoot('erase');
  await act('Erase').click();
  await page.getByText('Done').waitFor();
  await act('Close').last().click();
  await find('dragonfly');
  await page.getByText('No player, key, transaction, hold or group is called so').waitFor();
});

test('each page keeps to WCAG AA as far as axe sees, fits the screen, and reports no error', () => {
  expect([screen.findings, screen.troubles]).toEqual([[], []]);
});
