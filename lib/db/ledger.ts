import { utcOfMicros } from '../base/time';
import { homeOf, homeOfId } from '../ledger/home';
import type { Adjustment, Capture, Exchange, Hold, Posting, Transfer, Undoing } from '../ledger/posting';
import { administering } from './administering';
import type { Database, Statement } from './database';
import { type BatchElement, type Claimant, claim, lotsText, post, postBatch, postTransfer } from './postings';
import { proving } from './proving';
import type { Call } from './retry';
import { type Findings, findings } from './rows';
import { type Arguments, ask, askOne } from './statements';
import { telling } from './telling';

export interface HoldsFilter {
  userId: string;
  limit: number;
  before?: { micros: string; id: string } | undefined;
  status?: string | undefined;
  assetCode?: string | undefined;
}

export interface AccountsFilter {
  limit: number;
  after?: { home: number; userId: string } | undefined;
  status?: string | undefined;
  prefix?: string | undefined;
}

export interface HistoryFilter {
  userId: string;
  limit: number;
  offset: number;
  before?: { micros: string; transactionId: string } | undefined;
  assetCode?: string | undefined;
  kind?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** What a verification found, as of the moment of its snapshot. `upto`: where the next one may go on from. */
export interface Verified extends Findings {
  snapshotAt: Date;
  upto: string;
}

export interface Reconciliation extends Verified {
  full: boolean;
  finishedAt: Date;
  /** Whether `upto` is of this cluster's numbers. */
  isCurrent: boolean;
}

const PING: Statement = { name: 'ping', text: 'SELECT 1' };

export type Ledger = ReturnType<typeof createLedger>;

/**
 * The SQL functions as methods: each one statement, one round trip. `writer` logs in as wallet_app, whose
 * transactions are serializable;
 * `reader` as wallet_reader, whose reads take no locks and make no serialization conflicts; `monitor` asks
 * whether the database answers. All throw WalletError.
 */
export function createLedger(writer: Database, reader: Database, monitor: Database) {
  return {
    ...posting(writer, reader),
    ...holding(writer),
    ...sweeping(writer, reader),
    ...administering(writer),
    ...reading(reader),
    ...reporting(writer, reader),
    ...telling(writer, reader),
    ...proving(writer, reader),

    /** Whether the database answers. */
    ping: async (call: Call): Promise<void> => {
      await monitor.call(PING, [], call);
    },
  };
}

function posting(writer: Database, reader: Database) {
  return {
    /** Posts once per key, or replays. */
    post: (posting: Posting, by: Claimant, call: Call) => post(writer, posting, by, call),

    transfer: (transfer: Transfer, by: Claimant, call: Call) => postTransfer(writer, transfer, by, call),

    /** Posts all or none, as if one by one; those whose key has posted before are replays. */
    postBatch: (
      elements: BatchElement[],
      by: { principal: string | null; skipRefused: boolean },
      call: Call,
    ) => postBatch(writer, reader, elements, by, call),

    /** Gives a purchase back, or takes a top-up or bonus back. */
    undo: (undoing: Undoing, by: Claimant, call: Call) => {
      const { kind, transactionId: originalId, amount = null, allowNegative, takeWhatIsLeft } = undoing;
      const given = {
        home: homeOfId(originalId),
        kind,
        originalId,
        amount,
        allowNegative,
        takeWhatIsLeft,
        ...claim(undoing, by),
      };
      return askOne(writer.call, 'undo_transaction', given, call);
    },

    adjust: (adjustment: Adjustment, by: Claimant, call: Call) => {
      const { userId, direction, assetCode, amount, transactionId: relatedId, allowNegative } = adjustment;
      const moved = { home: homeOf(userId), userId, direction, assetCode, amount, relatedId, allowNegative };
      const lots = lotsText(adjustment.lots);
      return askOne(writer.call, 'post_adjustment', { ...moved, lots, ...claim(adjustment, by) }, call);
    },

    exchange: (exchange: Exchange, by: Claimant, call: Call) => {
      const { userId, from, to } = exchange;
      const paid = { fromAsset: from.assetCode, fromAmount: from.amount, fromLots: lotsText(from.lots) };
      const bought = { toAsset: to.assetCode, toAmount: to.amount, toLots: lotsText(to.lots) };
      const given = { home: homeOf(userId), userId, ...paid, ...bought, ...claim(exchange, by) };
      return askOne(writer.call, 'exchange_assets', given, call);
    },
  };
}

function holding(writer: Database) {
  return {
    placeHold: (hold: Hold, by: Claimant, call: Call) => {
      const { userId, assetCode, amount, expiresInSeconds } = hold;
      const reserved = { userId, assetCode, amount, expiresInSeconds, lots: lotsText(hold.lots) };
      const given = { home: homeOf(userId), ...reserved, ...claim(hold, by) };
      return askOne(writer.call, 'place_hold', given, call);
    },

    captureHold: (capture: Capture, by: Claimant, call: Call) => {
      const { holdId, amount = null } = capture;
      const given = { home: homeOfId(holdId), holdId, amount, ...claim(capture, by) };
      return askOne(writer.call, 'capture_hold', given, call);
    },

    voidHold: (holdId: string, call: Call) =>
      askOne(writer.call, 'void_hold', { home: homeOfId(holdId), holdId }, call),
  };
}

function sweeping(writer: Database, reader: Database) {
  return {
    /** Sweeps the expired holds of up to `limit` balances; how many it swept. */
    expireHolds: async (limit: number, call: Call) =>
      (await askOne(writer.call, 'expire_holds', { limit }, call)).expire_holds,

    /** Books what has expired of up to `limit` balances; of how many it did, the others being busy. */
    expireLots: async (limit: number, call: Call): Promise<number> => {
      const balances = await ask(reader.call, 'find_lapsed', { limit }, call);
      if (balances.length === 0) {
        return 0;
      }
      const given = { balances: JSON.stringify(balances) };
      return (await askOne(writer.call, 'expire_balances', given, call)).expire_balances;
    },
  };
}

function reading(reader: Database) {
  return {
    readHold: (holdId: string, call: Call) =>
      askOne(reader.call, 'read_hold', { home: homeOfId(holdId), holdId }, call),

    readHolds: ({ before, ...filter }: HoldsFilter, call: Call) => {
      const place = { beforeAt: before && utcOfMicros(before.micros), beforeId: before?.id };
      return ask(reader.call, 'read_holds', { home: homeOf(filter.userId), ...filter, ...place }, call);
    },

    /** With both entries, the debit first. */
    readTransaction: (transactionId: string, call: Call) =>
      askOne(reader.call, 'read_transaction', { home: homeOfId(transactionId), transactionId }, call),

    readGroup: (groupId: string, call: Call) => ask(reader.call, 'read_group', { groupId }, call),

    /** What a key claimed; undefined when it is free. */
    findClaim: async (key: string, userId: string | undefined, call: Call) =>
      (
        await ask(
          reader.call,
          'find_claim',
          { key, home: userId === undefined ? undefined : homeOf(userId) },
          call,
        )
      )[0],

    readAccount: (userId: string, call: Call) =>
      askOne(reader.call, 'read_account', { home: homeOf(userId), userId }, call),

    readAccounts: ({ after, ...filter }: AccountsFilter, call: Call) =>
      ask(
        reader.call,
        'read_accounts',
        { ...filter, afterHome: after?.home, afterUserId: after?.userId },
        call,
      ),

    readActs: (userId: string, limit: number, before: string | undefined, call: Call) =>
      ask(reader.call, 'read_acts', { home: homeOf(userId), userId, limit, before }, call),

    readAssets: (call: Call) => ask(reader.call, 'read_assets', {}, call),

    readBalances: (userId: string, assetCode: string | undefined, at: Date | undefined, call: Call) =>
      ask(reader.call, 'read_balances', { home: homeOf(userId), userId, assetCode, at }, call),

    readLots: (userId: string, assetCode: string | undefined, call: Call) =>
      ask(reader.call, 'read_lots', { home: homeOf(userId), userId, assetCode }, call),

    readHistory: ({ before, ...filter }: HistoryFilter, call: Call) => {
      const place = { beforeAt: before && utcOfMicros(before.micros), beforeId: before?.transactionId };
      return ask(reader.call, 'read_history', { home: homeOf(filter.userId), ...filter, ...place }, call);
    },
  };
}

function reporting(writer: Database, reader: Database) {
  return {
    readStatement: (given: Arguments<'read_statement'>, call: Call) =>
      ask(reader.call, 'read_statement', given, call),

    readTrialBalance: (call: Call) => ask(reader.call, 'read_trial_balance', {}, call),

    /**
     * Adds what was posted to the totals of statements, so many rows of it or little more; whether there was
     * any.
     */
    countTotals: async (limit: number, call: Call): Promise<boolean> => {
      const { counted, below } = await askOne(reader.call, 'find_uncounted', { limit }, call);
      const rows = await ask(reader.call, 'read_movements', { from: counted, below }, call);
      if (rows.length === 0) {
        return false;
      }
      const given = { from: counted, below, movements: JSON.stringify(rows) };
      return (await askOne(writer.call, 'count_totals', given, call)).count_totals;
    },

    /** Verifies what was written since then, in commit order, or everything, in one snapshot. */
    verify: async (after: string | undefined, call: Call): Promise<Verified> => {
      const row = await askOne(reader.callInSnapshot, 'verify_ledger', { after: after ?? null }, call);
      return { snapshotAt: row.snapshot_at, upto: row.upto, ...findings(row) };
    },

    /** The last one; undefined before the first. */
    readReconciliation: async (call: Call): Promise<Reconciliation | undefined> => {
      const [row] = await ask(reader.call, 'read_reconciliation', {}, call);
      if (row === undefined) {
        return undefined;
      }
      const { full, snapshot_at: snapshotAt, finished_at: finishedAt, upto, is_current: isCurrent } = row;
      return { full, snapshotAt, finishedAt, upto, isCurrent, ...findings(row) };
    },
  };
}
