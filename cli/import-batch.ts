import { InvalidRequestError, TimeoutError, type WalletClient, WalletError } from '../client/src/index.ts';
import { openAccountsRequest } from '../lib/contract/accounts';
import type { Imported } from './beside';
import type { Fault, Row } from './csv-file';
import { RepeatedKeys } from './repeated-keys';

/** A batch of fewer rows that fails is not cut into halves. */
const SMALLEST_HALVED = 200;

export interface SendingOptions {
  client: WalletClient;
  dryRun: boolean;
  signal?: AbortSignal | undefined;
}

/** Sends batches of rows, and counts what becomes of them. */
export class Sending {
  private readonly repeated = new RepeatedKeys();

  private constructor(
    private readonly options: SendingOptions,
    readonly counts: Imported,
    /** What was posted before this time was posted before this import. */
    private readonly since: string,
  ) {}

  static async start(options: SendingOptions, counts: Imported): Promise<Sending> {
    return new Sending(options, counts, await timeOf(options));
  }

  get done(): number {
    const { imported, there, refused } = this.counts;
    return imported + there + refused;
  }

  /** Imports some rows; which of them are refused. */
  async send(rows: Row[]): Promise<Fault[]> {
    const { client, dryRun, signal } = this.options;
    const faults: Fault[] = [];
    // All accounts in one go: to open each with its balance takes twice as long. A dry run opens none.
    const opened = dryRun
      ? rows.filter((row) => !isFaulty(row, faults))
      : await sendValid(rows, faults, (some) =>
          client.accounts.open({ accounts: some.map(accountOf) }, { signal }),
        );
    await sendValid(opened, faults, async (some) => {
      // The accounts are there by now, but in a dry run; both must ask the same, as a key is of one request.
      const transactions = some.map((row) => ({ ...openingOf(row), openAccount: true }));
      const body = { transactions, onError: 'skip' as const, dryRun };
      const reply = await client.batch(body, { signal });
      faults.push(...this.count(some, reply));
    });
    this.counts.refused += faults.length;
    return faults;
  }

  /** Counts what was posted, and answers what was refused. */
  private count(
    rows: Row[],
    { transactions, failures = [] }: Awaited<ReturnType<WalletClient['batch']>>,
  ): Fault[] {
    const faults = failures.map(({ index, code, message }) => ({
      row: rows[index] as Row,
      reason: `${code}: ${message}`,
    }));
    const seen = new Set<string>();
    for (const [index, posted] of transactions.entries()) {
      const row = rows[index];
      if (posted === null || row === undefined) {
        continue;
      }
      const { idempotencyKey, ...rest } = openingOf(row);
      const content = { ...rest, amount: posted.amount };
      // The service does not know the other batches of a dry run.
      const known = this.options.dryRun ? this.repeated.find(idempotencyKey, content) : undefined;
      if (known === 'other') {
        faults.push({ row, reason: 'IDEMPOTENCY_KEY_REUSED: another row has this key and other content' });
      } else {
        const isNew =
          posted.timestamp >= this.since && known === undefined && !seen.has(posted.transactionId);
        this.counts[isNew ? 'imported' : 'there'] += 1;
      }
      seen.add(posted.transactionId);
    }
    return faults;
  }
}

/** The time by the ledger's clock: that of a gift which is decided and not given. Without an asset none is. */
async function timeOf({ client, signal }: SendingOptions): Promise<string> {
  const [asset] = (await client.assets.list({ signal })).assets;
  const gift = { userId: crypto.randomUUID(), amount: 1, openAccount: true, dryRun: true };
  return asset === undefined
    ? ''
    : (await client.bonus({ ...gift, assetCode: asset.assetCode }, { signal })).timestamp;
}

/** Whether the service would not open the account, by its own rules. */
function isFaulty(row: Row, faults: Fault[]): boolean {
  const { error } = openAccountsRequest.shape.accounts.element.safeParse(accountOf(row));
  if (error !== undefined) {
    const reason = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
    faults.push({ row, reason });
  }
  return error !== undefined;
}

function accountOf({ fields: { userId = '', name } }: Row) {
  return { userId, ...(name && { name }) };
}

/**
 * Sends rows, without those that the service calls invalid; which were valid. What it cannot do in time is
 * sent in halves.
 */
async function sendValid(
  rows: Row[],
  faults: Fault[],
  send: (rows: Row[]) => Promise<unknown>,
): Promise<Row[]> {
  let left = rows;
  while (left.length > 0) {
    try {
      await send(left);
      return left;
    } catch (error) {
      if (isTooMuch(error) && left.length >= SMALLEST_HALVED) {
        const middle = Math.ceil(left.length / 2);
        const first = await sendValid(left.slice(0, middle), faults, send);
        return [...first, ...(await sendValid(left.slice(middle), faults, send))];
      }
      const found = error instanceof InvalidRequestError ? faultsOf(error, left) : [];
      if (found.length === 0) {
        throw error;
      }
      faults.push(...found);
      const invalid = new Set(found.map(({ row }) => row));
      left = left.filter((row) => !invalid.has(row));
    }
  }
  return left;
}

function isTooMuch(error: unknown): boolean {
  return (
    error instanceof TimeoutError || (error instanceof WalletError && error.code === 'DATABASE_UNAVAILABLE')
  );
}

/** What is wrong with which row. The path of a fault is the list, the place in it, and the field. */
function faultsOf({ details }: InvalidRequestError, rows: Row[]): Fault[] {
  const reasons = new Map<Row, string>();
  for (const { path, message } of (Array.isArray(details) ? details : []) as {
    path: string;
    message: string;
  }[]) {
    const [, index = '', ...field] = path.split('.');
    const row = /^[0-9]+$/.test(index) ? rows[Number(index)] : undefined;
    if (row !== undefined) {
      reasons.set(row, [reasons.get(row), `${field.join('.')} ${message}`].filter(Boolean).join('; '));
    }
  }
  return [...reasons].map(([row, reason]) => ({ row, reason }));
}

function openingOf({ fields }: Row) {
  const { userId = '', asset = '', amount = '', origin, source, expiresAt, key } = fields;
  const lot = { ...(origin && { origin }), ...(source && { source }), ...(expiresAt && { expiresAt }) };
  const made = ['opening', userId, asset, origin, source, expiresAt].join('/').replace(/\/+$/, '');
  const idempotencyKey = key || made;
  const posting = { userId, assetCode: asset, amount, idempotencyKey };
  // The service says what is wrong with an origin.
  return { type: 'opening' as const, ...posting, ...(lot as { origin?: 'paid' | 'free' }) };
}
