import { loadJob } from '../../infra/local/schedule';
import { sleep } from '../../lib/base/time';
import type { WalletEvent } from '../../lib/contract/events';
import { toContext } from '../../lib/http/gateway-event';
import type { TestWallet } from './wallet';

/** What a reader knows that saw nothing but events, and what was wrong with them. */
export interface Followed {
  /** Ids in the order in which they came. */
  ids: string[];
  /** By player and asset, in hundredths. */
  balances: Record<string, number>;
  /** How often an event came before or beside its place. */
  faults: string[];
}

/** A page of events; undefined: no answer came. */
export type ReadPage = (after: string | undefined) => Promise<EventsPage | undefined>;
export interface EventsPage {
  events: WalletEvent[];
  nextCursor: string;
}

/** Pages of a wallet's own endpoint. `waitSeconds`: of the long poll. */
export function pagesOf(wallet: TestWallet, waitSeconds = 1, limit = 100): ReadPage {
  return async (after) => {
    const query = { limit: String(limit), waitSeconds: String(waitSeconds), ...(after && { after }) };
    const { status, body } = await wallet.call('events/list', { query, timeoutMillis: 8_000 });
    return status === 200 ? body.data : undefined;
  };
}

/**
 * Waits until all that was committed may be told: transactions of any other database of the server hold it
 * back.
 */
export async function settled(wallet: TestWallet): Promise<void> {
  const text = `SELECT horizon() > greatest(
    (SELECT max(xact) FROM journal), (SELECT max(xact) FROM changes)) AS settled`;
  while (!(await wallet.sql(text))[0].settled) {
    await sleep(20);
  }
}

/** Makes a checkpoint of all that was committed. */
export async function checkpoint(wallet: TestWallet): Promise<void> {
  await settled(wallet);
  await (await loadJob('jobs/checkpoint'))({}, toContext('jobs/checkpoint', 60_000));
}

/**
 * Reads events while the work goes on, and on to the last one. Pages that did not come are asked for again.
 */
export async function follow(wallet: TestWallet, read: ReadPage, work: Promise<unknown>): Promise<Followed> {
  const followed: Followed = { ids: [], balances: {}, faults: [] };
  let working = true;
  const end = () => {
    working = false;
  };
  work
    .catch(() => undefined)
    .then(() => settled(wallet))
    .then(end);
  let after: string | undefined;
  for (;;) {
    const wasWorking = working;
    const page = await read(after);
    if (page === undefined) {
      await sleep(50);
      continue;
    }
    for (const event of page.events) {
      if (after !== undefined && event.sequence <= after) {
        followed.faults.push(`${event.sequence} came after ${after}`);
      }
      after = event.sequence;
      take(followed, event);
    }
    after = page.nextCursor;
    if (!wasWorking && page.events.length === 0) {
      return followed;
    }
  }
}

function take(followed: Followed, event: WalletEvent): void {
  followed.ids.push(event.id);
  if (event.type !== 'wallet.transaction.posted') {
    return;
  }
  const { assetCode, entries } = event.data;
  for (const { account, accountType, entryType, amount, runningBalance } of entries) {
    if (accountType === 'user') {
      const name = `${account} ${assetCode}`;
      const moved = Math.round(amount * 100) * (entryType === 'credit' ? 1 : -1);
      const balance = (followed.balances[name] ?? 0) + moved;
      followed.balances[name] = balance;
      if (balance !== Math.round(Number(runningBalance) * 100)) {
        followed.faults.push(`${event.id} leaves ${name} ${balance} and says ${runningBalance}`);
      }
    }
  }
}

/** What the ledger has of it. Expects that nothing is posted meanwhile. */
export async function ledgerOf(wallet: TestWallet): Promise<Pick<Followed, 'ids' | 'balances'>> {
  const ids = await wallet.sql('SELECT id FROM journal UNION ALL SELECT id FROM changes ORDER BY 1');
  const balances = await wallet.sql(`
    SELECT handle || ' ' || asset_code AS name, round(balance * 100)::int AS hundredths
    FROM balances WHERE account_id > 0 AND entry_count > 0 ORDER BY 1`);
  return {
    ids: ids.map(({ id }) => id),
    balances: Object.fromEntries(balances.map(({ name, hundredths }) => [name, hundredths])),
  };
}

/** Expects that a reader saw each change once, in order, and has every balance. */
export async function expectFollowed(wallet: TestWallet, followed: Followed): Promise<void> {
  const { ids, balances } = await ledgerOf(wallet);
  expect(followed.faults).toEqual([]);
  expect([...followed.ids].sort()).toEqual([...ids].sort());
  expect(followed.balances).toEqual(balances);
}
