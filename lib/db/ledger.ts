import { newId, newScatteredId } from '../base/ids';
import type { Capture, Counter, Exchange, Hold, Posting } from '../ledger/posting';
import type { Database, Statement } from './database';
import { claim, post, postBatch } from './postings';
import type { Call } from './retry';
import type {
  AccountAct,
  AccountRow,
  Acted,
  ActRow,
  AssetAct,
  AssetRow,
  BalanceRow,
  EntryRow,
  ExchangedRow,
  HistoryRow,
  HoldRow,
  PlacedHoldRow,
  ReconciliationRow,
  SettledRow,
  TrialBalanceRow,
} from './rows';
import { one, statement } from './statements';

/** Who acts on an account or an asset, and why. */
export interface ActedBy {
  principal: string | null;
  reason?: string | undefined;
}

/** `transferable` absent: as it is. */
export interface AssetSettings extends Omit<AssetRow, 'transferable'> {
  transferable?: boolean | undefined;
}

export interface HistoryFilter {
  userId: string;
  limit: number;
  offset: number;
  before?: { micros: string; transactionId: string } | undefined;
  assetCode?: string | undefined;
  type?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

const COUNTER_TRANSACTION = statement('counter_transaction', '$1, $2, $3, $4, $5, $6, $7, $8, $9');
const EXCHANGE_ASSETS = statement('exchange_assets', '$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12');
const PLACE_HOLD = statement('place_hold', '$1, $2, $3, $4, $5, $6, $7, $8, $9');
const CAPTURE_HOLD = statement('capture_hold', '$1, $2, $3, $4, $5, $6, $7');
const VOID_HOLD = statement('void_hold', '$1');
const READ_HOLD = statement('read_hold', '$1');
const EXPIRE_HOLDS = statement('expire_holds', '$1');
const SET_ACCOUNT_STATUS = statement('set_account_status', '$1, $2, $3, $4');
const READ_TRANSACTION = statement('read_transaction', '$1');
const READ_TRIAL_BALANCE = statement('read_trial_balance', '');
const VERIFY_LEDGER = statement('verify_ledger', '$1');
const RECORD_RECONCILIATION = statement('record_reconciliation', '$1, $2, $3, $4');
const READ_RECONCILIATION = statement('read_reconciliation', '');
const PUT_ACCOUNT = statement('put_account', '$1, $2, $3, $4');
const PUT_ASSET = statement('put_asset', '$1, $2, $3, $4, $5, $6');
const READ_ACTS = statement('read_acts', '$1, $2, $3');
const READ_ACCOUNT = statement('read_account', '$1');
const READ_ASSETS = statement('read_assets', '');
const READ_BALANCES = statement('read_balances', '$1, $2, $3');
const READ_HISTORY = statement(
  'read_history',
  "$1, $2, $3, timestamptz 'epoch' + $4::bigint * interval '1 microsecond', $5, $6, $7, $8, $9",
);
const PING: Statement = { name: 'ping', text: 'SELECT 1' };

export type Ledger = ReturnType<typeof createLedger>;

/**
 * The SQL functions as methods: each one statement, one round trip. `writer` logs in as wallet_app, whose transactions are serializable;
 * `reader` as wallet_reader, whose reads take no locks and make no serialization conflicts; `monitor` asks whether the database answers. All throw WalletError.
 */
export function createLedger(writer: Database, reader: Database, monitor: Database) {
  return {
    ...writing(writer),
    ...reading(reader),

    /** Whether the database answers. */
    ping: async (call: Call): Promise<void> => {
      await monitor.call(PING, [], call);
    },
  };
}

function writing(writer: Database) {
  return {
    /** Posts once per key, or replays. */
    post: (posting: Posting, idempotencyKey: string, principal: string | null, call: Call) =>
      post(writer, posting, idempotencyKey, principal, call),

    /** Posts all or none, as if one by one; those whose key has posted before are replays. */
    postBatch: (elements: { posting: Posting; key: string }[], principal: string | null, call: Call) =>
      postBatch(writer, elements, principal, call),

    /** Gives a purchase back, or takes a top-up or bonus back. */
    counter: (counter: Counter, key: string, principal: string | null, call: Call) => {
      const { type, transactionId, amount, allowNegative } = counter;
      const values = [newId(), type, transactionId, amount ?? null, ...claim(counter, key, principal), allowNegative];
      return one<SettledRow>(writer.call(COUNTER_TRANSACTION, values, call));
    },

    exchange: (exchange: Exchange, key: string, principal: string | null, call: Call) => {
      const { userId, from, to } = exchange;
      const moved = [userId, from.assetCode, from.amount, to.assetCode, to.amount];
      const values = [newId(), newId(), newId(), ...moved, ...claim(exchange, key, principal)];
      return one<ExchangedRow>(writer.call(EXCHANGE_ASSETS, values, call));
    },

    placeHold: (hold: Hold, key: string, principal: string | null, call: Call) => {
      const { userId, assetCode, amount, expiresInSeconds } = hold;
      const values = [newScatteredId(), userId, assetCode, amount, expiresInSeconds, ...claim(hold, key, principal)];
      return one<PlacedHoldRow>(writer.call(PLACE_HOLD, values, call));
    },

    captureHold: (capture: Capture, key: string, principal: string | null, call: Call) => {
      const values = [newId(), capture.holdId, capture.amount ?? null, ...claim(capture, key, principal)];
      return one<SettledRow>(writer.call(CAPTURE_HOLD, values, call));
    },

    voidHold: (holdId: string, call: Call) => one<HoldRow>(writer.call(VOID_HOLD, [holdId], call)),

    /** Sweeps the expired holds of up to `limit` balances; how many it swept. */
    expireHolds: async (limit: number, call: Call) =>
      (await one<{ expire_holds: number }>(writer.call(EXPIRE_HOLDS, [limit], call))).expire_holds,

    recordReconciliation: async (found: Omit<ReconciliationRow, 'finished_at'>, call: Call): Promise<void> => {
      const { full, snapshot_at, checked, discrepancies } = found;
      await writer.call(RECORD_RECONCILIATION, [full, snapshot_at, checked, JSON.stringify(discrepancies)], call);
    },

    /** Each of these answers which administrative act it recorded, if it changed anything. */
    setAccountStatus: (userId: string, status: AccountRow['status'], by: ActedBy, call: Call) =>
      one<AccountRow & Acted<AccountAct>>(
        writer.call(SET_ACCOUNT_STATUS, [userId, status, by.principal, by.reason ?? null], call),
      ),

    putAccount: (userId: string, name: string | undefined, by: ActedBy, call: Call) =>
      one<AccountRow & Acted<AccountAct>>(
        writer.call(PUT_ACCOUNT, [userId, name ?? null, by.principal, by.reason ?? null], call),
      ),

    putAsset: ({ code, name, scale, transferable }: AssetSettings, by: ActedBy, call: Call) => {
      const values = [code, name, scale, transferable ?? null, by.principal, by.reason ?? null];
      return one<AssetRow & Acted<AssetAct>>(writer.call(PUT_ASSET, values, call));
    },
  };
}

function reading(reader: Database) {
  return {
    readHold: (holdId: string, call: Call) => one<HoldRow>(reader.call(READ_HOLD, [holdId], call)),

    /** Both entries, the debit first. */
    readTransaction: (transactionId: string, call: Call) => reader.call<EntryRow>(READ_TRANSACTION, [transactionId], call),

    readTrialBalance: (call: Call) => reader.call<TrialBalanceRow>(READ_TRIAL_BALANCE, [], call),

    readAccount: (userId: string, call: Call) => one<AccountRow>(reader.call(READ_ACCOUNT, [userId], call)),

    readActs: (userId: string, limit: number, before: string | undefined, call: Call) =>
      reader.call<ActRow>(READ_ACTS, [userId, limit, before ?? null], call),

    readAssets: (call: Call) => reader.call<AssetRow>(READ_ASSETS, [], call),

    readBalances: (userId: string, assetCode: string | undefined, at: Date | undefined, call: Call) =>
      reader.call<BalanceRow>(READ_BALANCES, [userId, assetCode ?? null, at ?? null], call),

    readHistory: (filter: HistoryFilter, call: Call) =>
      reader.call<HistoryRow>(
        READ_HISTORY,
        [
          filter.userId,
          filter.limit,
          filter.offset,
          filter.before?.micros ?? null,
          filter.before?.transactionId ?? null,
          filter.assetCode ?? null,
          filter.type ?? null,
          filter.from ?? null,
          filter.to ?? null,
        ],
        call,
      ),

    /** Verifies what was posted since then, or everything, in one snapshot. */
    verify: (since: Date | undefined, call: Call) =>
      one<Pick<ReconciliationRow, 'snapshot_at' | 'checked' | 'discrepancies'>>(
        reader.callInSnapshot(VERIFY_LEDGER, [since ?? null], call),
      ),

    /** The last one; undefined before the first. */
    readReconciliation: async (call: Call) => (await reader.call<ReconciliationRow>(READ_RECONCILIATION, [], call))[0],
  };
}
