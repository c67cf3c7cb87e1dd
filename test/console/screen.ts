import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';

/** What somebody looks at after a run. */
const SCREENSHOTS = path.resolve('console/screenshots');
const WIDTHS = [1280, 390];
const SCHEMES = ['light', 'dark'] as const;
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** A browser on the console, and what was wrong with what it showed. */
export interface Screen {
  page: Page;
  /** Errors of the page, and what its policy has blocked. */
  troubles: string[];
  /** What axe found, and pages wider than the screen. */
  findings: string[];
  /** Pictures of the page as it is, at both widths and in both schemes. */
  shoot(name: string): Promise<void>;
  /** Asks for a text by the field in the header. */
  find(text: string): Promise<void>;
  button(name: string): Locator;
  /** Opens the dialog of an act. It has the focus then, and takes what is typed. */
  open(title: string): Promise<Locator>;
  section(name: string): Locator;
  /** The dialog of an act, with its last button. */
  act(title: string): Locator;
  /** A line of the player's timeline. */
  row(text: string | RegExp): Locator;
  close(): Promise<void>;
}

export async function openScreen(): Promise<Screen> {
  const browser = await launchBrowser();
  const page = await browser.newPage({
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
  });
  page.setDefaultTimeout(10_000);
  const [troubles, findings]: [string[], string[]] = [[], []];
  // The browser itself tells each 4xx, which is how the service says what a name is not, and what a test
  // aborts.
  page.on(
    'console',
    (message) =>
      message.type() === 'error' &&
      !/status of 4\d\d|ERR_FAILED/.test(message.text()) &&
      troubles.push(message.text()),
  );
  page.on('pageerror', (error) => troubles.push(error.message));
  mkdirSync(SCREENSHOTS, { recursive: true });
  const section = (name: string) => page.getByRole('region', { name, exact: true });
  return {
    page,
    troubles,
    findings,
    shoot: async (name) => void findings.push(...(await shoot(page, name))),
    async find(text) {
      await page.getByRole('searchbox').fill(text);
      await page.keyboard.press('Enter');
    },
    button: (name) => page.getByRole('button', { name, exact: true }),
    async open(title) {
      await page.getByRole('button', { name: title, exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator(':focus').waitFor();
      return dialog;
    },
    section,
    act: (title) => page.getByRole('dialog').getByRole('button', { name: title, exact: true }),
    row: (text) => section('Timeline').getByRole('row').filter({ hasText: text }),
    close: () => browser.close(),
  };
}

async function shoot(page: Page, name: string): Promise<string[]> {
  const findings: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(150);
      const seen = `${name}-${width}-${colorScheme}`;
      // A dialog covers what is seen, not what lies below.
      const fullPage = (await page.getByRole('dialog').count()) === 0;
      await page.screenshot({ path: path.join(SCREENSHOTS, `${seen}.png`), fullPage });
      findings.push(...(await findingsOfAxe(page)).map((found) => `${seen}: ${found}`));
    }
    if ((await page.evaluate('document.documentElement.scrollWidth')) !== width) {
      findings.push(`${name} is wider than ${width}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  return findings;
}

async function findingsOfAxe(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<axe.AxeResults>(
    `axe.run({ runOnly: ${JSON.stringify(RULES)} })`,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
