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
  const { act } = screen;
  const dialog = await screen.open(title);
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
  await page.getByText('Done', { exact: true }).waitFor();
  await act('Close').last().click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const show = (kind: string) => screen.section('Timeline').getByLabel('Show').selectOption({ label: kind });

test('without caller checks nobody signs in, and searching a userId opens its player', async () => {
  const { page, find } = screen;
  await page.goto(`${world.url}/console/`);
  await find(PLAYER);
  await page.getByRole('heading', { name: PLAYER, level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/console/players/${PLAYER}`);
});

test('the agent freezes the player by keyboard alone, and the timeline shows the reason', async () => {
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
  await page.getByText('The player cannot pay, and cannot reserve.').waitFor();
  await shoot('freeze');
  await reach('Freeze');
  await keyboard.press('Enter');
  await page.getByText('Done', { exact: true }).waitFor();
  await keyboard.press('Escape');
  await section('Account').getByText('frozen').waitFor();
  await show('Acts of administration');
  await row('Ticket 816: account was stolen').waitFor();
  expect(await row('Ticket 816').innerText()).toMatch(/Status changed[\s\S]*status: active, then frozen/);
  await show('Everything');
});

test('a bonus that expires is granted, and its lot is shown', async () => {
  const { page, section, row, act } = screen;
  const seen = await prepare('Grant a bonus', {
    Asset: 'choose GEM',
    Amount: '5',
    Reason: 'Ticket 817: sorry',
    Expires: '2030-01-02T03:04',
  });
  expect(seen).toMatch(/Gives\s+5 GEM[\s\S]*Balance now\s+250[\s\S]*Balance afterwards\s+255/);
  // Without an answer, it may be done: the same dialog does it once.
  await page.route('**/api/transactions/bonus', (route) => route.abort());
  await act('Grant a bonus').click();
  await page.getByText('It may have been done').waitFor();
  await page.unroute('**/api/transactions/bonus');
  await perform('Grant a bonus');
  await row('Ticket 817: sorry').first().waitFor();
  await section('Balances').getByText('Jan 2, 2030, 03:04:00').first().waitFor();
});

test('an adjustment that the balance cannot cover is refused before it can be sent', async () => {
  const { page, act, shoot } = screen;
  const topUp = await screen.row('Top-up').getByRole('link').getAttribute('href');
  const dialog = await screen.open('Adjust');
  await dialog.getByLabel('Transaction that this corrects').fill(topUp?.split('/').at(-1) ?? '');
  await dialog.getByLabel('Direction').selectOption('debit');
  await dialog.getByLabel('Asset').selectOption('GEM');
  await dialog.getByLabel('Amount').fill('50,5');
  await dialog.getByLabel('Reason').fill('too much');
  await act('Show the effect').click();
  await dialog.getByText('Digits, with a point before the decimals.').waitFor();
  await dialog.getByLabel('Amount').fill('100000');
  await act('Show the effect').click();
  await dialog.getByText('The available balance is too low').waitFor();
  expect(await dialog.innerText()).toMatch(/Asked for\s+100,000/);
  expect(await act('Adjust').isDisabled()).toBe(true);
  await shoot('refused');
  await page.keyboard.press('Escape');
  await screen.open('Adjust');
  expect(await dialog.getByLabel('Reason').inputValue()).toBe('too much');
  await dialog.getByLabel('Amount').fill(' 7 ');
  await act('Show the effect').click();
  await dialog.getByText('This would happen').waitFor();
  expect(await dialog.innerText()).toMatch(/Takes\s+7 GEM/);
  await perform('Adjust');
  await screen.row('too much').first().waitFor();
});

test('after a hold is voided, nothing is held any more', async () => {
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

test('the player is renamed', async () => {
  expect(await prepare('Rename', { Name: 'Dragon', Reason: 'Ticket 819: typo' })).toMatch(
    /Name now\s+Dragon Slayer\s+Name afterwards\s+Dragon/,
  );
  await perform('Rename');
  await screen.row('name: Dragon Slayer, then Dragon').waitFor();
});

test('an account that still has a balance cannot be closed', async () => {
  const { page, act } = screen;
  const dialog = await screen.open('Close account');
  await dialog.getByLabel('Reason').fill('Ticket 821');
  await act('Show the effect').click();
  await page.getByText(/The service will refuse: the account still has \d+ GEM/).waitFor();
  await page.keyboard.press('Escape');
});

test('a top-up is reversed, and its page lists the transactions that followed from it', async () => {
  const { page, row, section } = screen;
  await row('Top-up').getByRole('link').click();
  await section('Entries').waitFor();
  const seen = await prepare('Reverse', {
    Reason: 'Ticket 818: charged back',
    'When the player has spent it': 'choose take-what-is-left',
  });
  expect(seen).toMatch(/Takes back/);
  await perform('Reverse');
  const followers = section('What came of it').getByRole('link');
  await followers.nth(1).waitFor();
  expect(await followers.allInnerTexts()).toEqual(['Reversal', 'Adjustment']);
  await page.goBack();
  await row('Ticket 818: charged back').first().waitFor();
});

test('the timeline filters by time and kind, and goes back to the opening of the account', async () => {
  const { page, find, row, section, button, shoot } = screen;
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await section('Timeline').getByLabel('From').fill(`${day}T13:55`);
  await section('Timeline').getByLabel('To').fill(`${day}T14:05`);
  // The line of names, and two more.
  const lines = section('Timeline').getByRole('row');
  await lines.nth(3).waitFor({ state: 'detached' });
  expect(await lines.count()).toBe(3);
  await page.reload();
  await lines.nth(2).waitFor();
  expect([await lines.count(), new URL(page.url()).searchParams.get('from')]).toEqual([3, `${day}T13:55`]);
  await section('Timeline').getByLabel('To').fill(`${day}T13:00`);
  await page.getByText('From must come before To').waitFor();
  await section('Timeline').getByLabel('To').fill(`${day}T14:05`);
  await show('Entries: Expiry');
  await lines.nth(2).waitFor({ state: 'detached' });
  expect(await lines.count()).toBe(2);
  const transactions: object[] = Array.from({ length: 25 }, (_, index) => ({
    type: 'topup',
    userId: 'dragonfly',
    assetCode: 'GOLD_COIN',
    amount: 123456789.01,
    idempotencyKey: `many-${index}`,
    metadata: { reason: 'A reason that goes on and on, as reasons do. '.repeat(6).trim() },
  }));
  transactions.push({
    type: 'transfer',
    fromUserId: 'dragonfly',
    toUserId: PLAYER,
    assetCode: 'GOLD_COIN',
    amount: 33.5,
    idempotencyKey: 'gift',
  });
  await world.wallet.call('admin/put-asset', {
    path: { assetCode: 'GOLD_COIN' },
    body: { name: 'Gold Coins', scale: 2, transferable: true },
  });
  const { body } = await world.wallet.call('wallet/batch', { body: { transactions } });
  await find(body.data.groupId);
  await page.getByRole('link', { name: 'dragonfly' }).first().click();
  await row('123,456,789.01').first().waitFor();
  expect(await row('Transfer').innerText()).toMatch(
    /from dragonfly to dragon\.slayer[\s\S]*−33\.50 GOLD_COIN/,
  );
  await shoot('player-long');
  expect(await lines.count()).toBe(21);
  await button('Show more').click();
  await row('Account opened').waitFor();
  expect(await button('Show more').count()).toBe(0);
  await page.reload();
  await row('Account opened').waitFor();
});

test('when a hold whose lot has expired is voided, the dialog says what does not come back', async () => {
  const { page, row, shoot } = screen;
  const [gems, coins] = [
    { userId: 'dragonfly', assetCode: 'GEM' },
    { userId: 'dragonfly', assetCode: 'GOLD_COIN' },
  ];
  const bonus = { ...gems, amount: 30, expiresInSeconds: 1, idempotencyKey: 'short' };
  await world.wallet.call('wallet/bonus', { body: bonus });
  for (const held of [
    { ...coins, amount: 5 },
    { ...gems, amount: 30 },
  ]) {
    const body = { ...held, idempotencyKey: `hold-${held.assetCode}` };
    await world.wallet.call('holds/place', { body: { ...body, expiresInSeconds: 86_400 } });
  }
  await world.clock.advance(2);
  await screen.find('hold-GEM');
  await page.reload();
  await page.locator('tr[aria-current]').nth(1).waitFor();
  expect(await page.locator('tr[aria-current]').allInnerTexts()).toEqual([
    expect.stringContaining('30 GEM'),
    expect.stringContaining('30 GEM'),
  ]);
  await shoot('hold-found');
  await page.getByRole('row').filter({ hasText: '30 GEM' }).getByRole('button', { name: 'Void' }).click();
  await screen.act('Show the effect').click();
  await page.getByText('This would happen').waitFor();
  expect(await page.getByRole('dialog').innerText()).toMatch(/Held, and expired meanwhile\s+30 free/);
  await perform('Void');
  await row('It was voided later.').waitFor();
});

test('after a person is erased, the page shows nothing of them', async () => {
  const { page, act, find, shoot } = screen;
  const dialog = await screen.open('Erase');
  await dialog.getByLabel('Reason').fill('Request 12 of Dragonfly');
  await dialog.getByLabel('The userId, once more').fill('dragon');
  await act('Show the effect').click();
  await dialog.getByText('Write the userId as it is: dragonfly').waitFor();
  await dialog.getByText('The reason must not hold the userId').waitFor();
  await dialog.getByLabel('Reason').fill('Request 12');
  await dialog.getByLabel('The userId, once more').fill('dragonfly');
  await act('Show the effect').click();
  await dialog.getByText('The service will refuse: the account still has').waitFor();
  expect(await act('Erase').isDisabled()).toBe(true);
  await dialog.getByRole('checkbox').check();
  await act('Show the effect').click();
  await dialog.getByText('3,086,419,691.75 GOLD_COIN').waitFor();
  await dialog.getByText('5.00 GOLD_COIN: voided').waitFor();
  await shoot('erase');
  await act('Erase').click();
  await page.getByText('The account was erased').waitFor();
  await page.getByText('User dragonfly does not exist').waitFor();
  await shoot('erased');
  expect(await page.locator('main').innerText()).not.toMatch(/Dragonfly|GOLD_COIN|Request/);
  await find('dragonfly');
  await page.getByText('hold or group has this name. No userId begins so.').waitFor();
  await page.goBack();
  await page.getByText('User dragonfly does not exist').waitFor();
});

test('every page passes the WCAG AA checks of axe, fits the screen, and reports no error', () => {
  expect([screen.findings, screen.troubles]).toEqual([[], []]);
});
