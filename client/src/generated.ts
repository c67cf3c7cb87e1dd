// Made by client/generate.mjs (npm run client). Change the route table in its place.
import type { Call, CallOptions, Listing } from './call.ts';
import { Core, segment } from './core.ts';

export interface AccountEvent {
  data: AccountReply;
  datacontenttype: "application/json";
  /**
   * Stable for ever: deduplicate by it.
   * @format uuid
   */
  id: string;
  /**
   * Its place in commit order: a cursor.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  sequence: string;
  /**
   * Which ledger tells it.
   * @example "urn:wallet:wallet"
   */
  source: string;
  specversion: "1.0";
  /**
   * Whom it is about: of a transfer the payer; none of an asset or an erasure.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  subject?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  time: string;
  type: "wallet.account.opened" | "wallet.account.changed";
}

export interface AccountReply {
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  createdAt: string;
  name: string | null;
  /** A frozen account pays nothing and holds nothing, but takes credits. A closed one does nothing, has no balance, and can only become active. */
  status: "active" | "frozen" | "closed";
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface AccountRequest {
  /**
   * For people to read. Without it, the name stays as it is.
   * @minLength 1
   * @maxLength 255
   */
  name?: string;
  /**
   * Why this is done; kept in the acts of the account or asset.
   * @minLength 1
   * @maxLength 500
   */
  reason?: string;
}

export interface AccountStatusRequest {
  /**
   * Why this is done; kept in the acts of the account or asset.
   * @minLength 1
   * @maxLength 500
   */
  reason?: string;
  /** A frozen account pays nothing and holds nothing, but takes credits. A closed one does nothing, has no balance, and can only become active. */
  status: "active" | "frozen" | "closed";
}

export interface AccountsListActsQuery {
  /** The nextCursor of the page before. */
  cursor?: string;
  /**
   * Acts of a page.
   * @min 1
   * @max 200
   * @default 50
   */
  limit?: number;
}

export interface AccountsListQuery {
  /** The nextCursor of the page before. */
  cursor?: string;
  /**
   * Accounts of a page.
   * @min 1
   * @max 200
   * @default 50
   */
  limit?: number;
  /**
   * Asks for the accounts whose userId begins so.
   * @pattern ^[A-Za-z0-9_.:@-]{1,128}$
   */
  prefix?: string;
  /** Asks for the accounts of this status. */
  status?: "active" | "frozen" | "closed";
}

export interface AccountsReply {
  accounts: AccountReply[];
  nextCursor: string | null;
}

export interface Act {
  act: "OPENED" | "RENAMED" | "STATUS_CHANGED" | "ERASED";
  /** The same fields as the act left them. */
  after: Partial<Record<string, any>>;
  /** The fields that the act changed, as they were; null of something new. */
  before: Partial<Record<string, any>> | null;
  /** Who did it; null when callers are not checked. */
  principal: string | null;
  reason: string | null;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
}

export interface ActsReply {
  acts: Act[];
  nextCursor: string | null;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface AdjustmentReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  direction: "credit" | "debit";
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  reason: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface AdjustmentRequest {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /** A credit raises the balance of the user, a debit lowers it. */
  direction: "credit" | "debit";
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * Of a debit: the lot that it burns, at most what is left of it and no other.
   * @format uuid
   */
  lotId?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /**
   * What happens when the user has spent it already: a refusal, or a balance below zero.
   * @default "reject"
   */
  onInsufficientFunds?: "reject" | "allow-negative";
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Why. The history shows it in `description`.
   * @minLength 1
   * @maxLength 500
   * @example "support ticket 4711"
   */
  reason: string;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
  /**
   * The transaction of this user that this corrects.
   * @format uuid
   */
  transactionId?: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface AssetEvent {
  data: AssetReply;
  datacontenttype: "application/json";
  /**
   * Stable for ever: deduplicate by it.
   * @format uuid
   */
  id: string;
  /**
   * Its place in commit order: a cursor.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  sequence: string;
  /**
   * Which ledger tells it.
   * @example "urn:wallet:wallet"
   */
  source: string;
  specversion: "1.0";
  /**
   * Whom it is about: of a transfer the payer; none of an asset or an erasure.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  subject?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  time: string;
  type: "wallet.asset.changed";
}

export interface AssetReply {
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Which lots of one priority burn first: the earliest to expire, then free ones; or those of an origin, then the earliest to expire. At last the oldest. */
  burnOrder?: "expiring-first" | "free-first" | "paid-first";
  /** Whether balances are kept in lots, with an origin, a source and an expiry. It cannot be changed later. */
  lots?: boolean;
  name: string;
  /** Whether a paid credit may have an expiry. */
  paidExpires?: boolean;
  /**
   * What a lot has left to live that a refund puts back after it has expired.
   * @min 0
   * @max 1000000000
   */
  refundGraceSeconds?: number;
  /**
   * Decimals that its amounts may have. It cannot be changed later.
   * @min 0
   * @max 6
   * @example 2
   */
  scale: number;
  /** Whether users may move it between each other. */
  transferable: boolean;
}

export interface AssetRequest {
  /** Which lots of one priority burn first: the earliest to expire, then free ones; or those of an origin, then the earliest to expire. At last the oldest. */
  burnOrder?: "expiring-first" | "free-first" | "paid-first";
  /** Whether balances are kept in lots, with an origin, a source and an expiry. It cannot be changed later. */
  lots?: boolean;
  /**
   * @minLength 1
   * @maxLength 255
   */
  name: string;
  /** Whether a paid credit may have an expiry. */
  paidExpires?: boolean;
  /**
   * Why this is done; kept in the acts of the account or asset.
   * @minLength 1
   * @maxLength 500
   */
  reason?: string;
  /**
   * What a lot has left to live that a refund puts back after it has expired.
   * @min 0
   * @max 1000000000
   */
  refundGraceSeconds?: number;
  /**
   * Decimals that its amounts may have. It cannot be changed later.
   * @min 0
   * @max 6
   * @example 2
   */
  scale: number;
  /** Whether users may move it between each other. Without it, an asset stays as it is; a new one is not. */
  transferable?: boolean;
}

export interface AssetStatement {
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /**
   * What they had when it ended: opening and all movements.
   * @example "600"
   */
  closing: string;
  /**
   * What expired in the period; the movements have it too.
   * @example "600"
   */
  expired: string;
  /** Of an asset with lots: of its free credits. */
  free?: StatementOfOrigin;
  movements: Movement[];
  /**
   * What all users had when the period began.
   * @example "600"
   */
  opening: string;
  /** Of an asset with lots: of its paid credits. */
  paid?: StatementOfOrigin;
}

export interface AssetTotals {
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /**
   * Of the totals: always 0.
   * @example "0"
   */
  sum: string;
  /** By type of account: `user`, and each of the system, such as `treasury` or `bonusPool`. */
  totals: Totals;
}

export interface AssetsReply {
  assets: AssetReply[];
}

export interface Balance {
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  assetName: string;
  /** The balance without what is held; not of a past balance. */
  available?: number;
  balance: number;
  /** Of an asset with lots: what was given. */
  free?: number;
  /** What live holds reserve; not of a past balance. */
  held?: number;
  /** Of an asset with lots: what expires next of what is not held; null: nothing. */
  nextExpiry?: NextExpiry | null;
  /** Of an asset with lots: what the user paid for. */
  paid?: number;
}

export interface BalanceQuery {
  /**
   * Asks for this asset alone. The balance of an asset that the user never had is 0.
   * @pattern ^[A-Z0-9_]{1,32}$
   */
  assetCode?: string;
  /**
   * Asks for the balances as they were at this time, with what was posted at that very time.
   * @format date-time
   */
  at?: string;
}

export interface BalanceReply {
  balances: Balance[];
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

type BaseNull = object;

type BaseNullTypeMapping<Key, Type> = {
  type: Key;
} & Type;

/** What was committed, as a CloudEvent 1.0. */
type BaseWalletEvent = object;

type BaseWalletEventTypeMapping<Key, Type> = {
  type: Key;
} & Type;

export interface BatchBonus {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. Its `reason`, a text, is answered and shown in the history.
   * @example {"reason":"Daily login"}
   */
  metadata?: Record<string, any>;
  /** true opens the account of the user in the same transaction, where there is none. */
  openAccount?: boolean;
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
  type: "bonus";
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

/** A balance brought from another system. Needs the scope `wallet:admin`. */
export interface BatchOpening {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /** true opens the account of the user in the same transaction, where there is none. */
  openAccount?: boolean;
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
  type: "opening";
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface BatchPurchase {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. Its `itemName`, a text, is answered as `item` and shown in the history.
   * @example {"itemName":"Epic Shield"}
   */
  metadata?: Record<string, any>;
  /** Burns from the lots of this origin, or of one of these sources, alone. */
  only?: OnlyLots;
  type: "purchase";
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface BatchReply {
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** Of `onError: "skip"`: which transactions were left out, and why. */
  failures?: FailedElement[];
  /** @format uuid */
  groupId: string;
  /** In the order of the request, each as its own endpoint answers it; null of one that was left out. */
  transactions: (
    | (TopupReply | BonusReply | PurchaseReply | TransferReply)
    | null
  )[];
}

export interface BatchRequest {
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * `refuse` posts all or nothing. `skip` leaves out the transactions that would be refused, and posts the others together.
   * @default "refuse"
   */
  onError?: "refuse" | "skip";
  /**
   * @maxItems 1000
   * @minItems 1
   */
  transactions: (BaseNull &
    (
      | BaseNullTypeMapping<"topup", BatchTopup>
      | BaseNullTypeMapping<"bonus", BatchBonus>
      | BaseNullTypeMapping<"purchase", BatchPurchase>
      | BaseNullTypeMapping<"transfer", BatchTransfer>
      | BaseNullTypeMapping<"opening", BatchOpening>
    ))[];
}

export interface BatchTopup {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /** true opens the account of the user in the same transaction, where there is none. */
  openAccount?: boolean;
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
  type: "topup";
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface BatchTransfer {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  fromUserId: string;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /** Burns from the lots of this origin, or of one of these sources, alone. */
  only?: OnlyLots;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  toUserId: string;
  type: "transfer";
}

export interface BonusReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  /** The `reason` of the metadata, or null. */
  reason: string | null;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface BonusRequest {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. Its `reason`, a text, is answered and shown in the history.
   * @example {"reason":"Daily login"}
   */
  metadata?: Record<string, any>;
  /** true opens the account of the user in the same transaction, where there is none. */
  openAccount?: boolean;
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface CaptureReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** @format uuid */
  holdId: string;
  /** The `itemName` of the metadata, or null. */
  item: string | null;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  /** What the hold no longer reserves. */
  releasedAmount: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface CaptureRequest {
  /**
   * At most what is held. Without it: all of the hold.
   * @example 25
   */
  amount?: number | string;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. Its `itemName`, a text, is answered as `item` and shown in the history.
   * @example {"itemName":"Epic Shield"}
   */
  metadata?: Record<string, any>;
}

export interface Checkpoint {
  /**
   * The SHA-256 of its canonical text.
   * @pattern ^[0-9a-f]{64}$
   */
  digest: string;
  /**
   * The place after which its transactions were committed...
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  from: string;
  /**
   * The SHA-256 of the public key.
   * @pattern ^[0-9a-f]{64}$
   */
  keyId: string;
  /**
   * @pattern ^[0-9]+$
   * @example "1"
   */
  number: string;
  /**
   * The digest of the checkpoint before it; zeros of the first.
   * @pattern ^[0-9a-f]{64}$
   */
  previous: string;
  /**
   * The root of the Merkle tree of all leaves, as RFC 6962 hashes it.
   * @pattern ^[0-9a-f]{64}$
   */
  root: string;
  /** Over the digest, by Ed25519 or ECDSA on P-256; in hex. */
  signature: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  signedAt: string;
  /**
   * Leaves of the whole tree.
   * @pattern ^[0-9]+$
   * @example "1"
   */
  size: string;
  /**
   * ...and the one before which.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  to: string;
}

export interface CheckpointsReply {
  checkpoints: Checkpoint[];
}

/** The transaction, or the hold, that the key claimed. */
export type ClaimReply = TransactionReply | HoldReply;

export interface ConsistencyReply {
  first: Checkpoint;
  /** As RFC 6962, 2.1.2, has it. */
  proof: string[];
  second: Checkpoint;
}

/** Of a paid credit: what the user paid for it. */
export interface CreditCost {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * @pattern ^[A-Z]{3}$
   * @example "EUR"
   */
  currency: string;
}

export interface DeliveriesReply {
  deliveries: Delivery[];
  /**
   * A subscriber, by the name that you give it.
   * @pattern ^[A-Za-z0-9_.-]{1,64}$
   * @example "game-backend"
   */
  name: string;
}

export interface Delivery {
  /** Why it was not taken; null when it was. */
  error: string | null;
  /** @format uuid */
  eventId: string;
  /** Of a webhook: the status of its answer. */
  status: number | null;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @example "wallet.transaction.posted" */
  type:
    | "wallet.transaction.posted"
    | "wallet.hold.placed"
    | "wallet.hold.captured"
    | "wallet.hold.voided"
    | "wallet.hold.expired"
    | "wallet.account.opened"
    | "wallet.account.changed"
    | "wallet.account.erased"
    | "wallet.asset.changed";
}

/** What does not agree: the check that found it, and the ids that it is about. */
export interface Discrepancy {
  check: string;
  [key: string]: any;
}

export interface Entry {
  /** A user's id, or the type of a system account. */
  account: string;
  /**
   * `user`, or the type of a system account.
   * @example "user"
   */
  accountType: string;
  amount: number;
  entryType: "debit" | "credit";
  /** The balance of the account after this entry; of a system account, that of its slice in this home, as decimal text. */
  runningBalance: number | string;
}

export interface EraseReply {
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  erasedAt: string;
}

export interface EraseRequest {
  /**
   * Whether what the account still has is given up: holds are voided, balances book as EXPIRY.
   * @default false
   */
  forfeit?: boolean;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * Why. It is kept, so it must not name the person.
   * @minLength 1
   * @maxLength 500
   */
  reason: string;
}

export interface Erasure {
  /**
   * What the player's entries are of from now on.
   * @example "erased:0003a1b2c3d4e5f6"
   */
  account: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  erasedAt: string;
  principal: string | null;
  reason: string;
}

export interface ErasureEvent {
  data: Erasure;
  datacontenttype: "application/json";
  /**
   * Stable for ever: deduplicate by it.
   * @format uuid
   */
  id: string;
  /**
   * Its place in commit order: a cursor.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  sequence: string;
  /**
   * Which ledger tells it.
   * @example "urn:wallet:wallet"
   */
  source: string;
  specversion: "1.0";
  /**
   * Whom it is about: of a transfer the payer; none of an asset or an erasure.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  subject?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  time: string;
  type: "wallet.account.erased";
}

export interface ErrorReply {
  error: ReplyError;
  success: false;
}

export interface EventsListQuery {
  /**
   * Asks for the events after this place; without it from the beginning.
   * @pattern ^[0-9a-f]{80}$
   */
  after?: string;
  /**
   * Events of a page at most.
   * @min 1
   * @max 1000
   * @default 100
   */
  limit?: number;
  /** Asks for this type alone. */
  type?:
    | "wallet.transaction.posted"
    | "wallet.hold.placed"
    | "wallet.hold.captured"
    | "wallet.hold.voided"
    | "wallet.hold.expired"
    | "wallet.account.opened"
    | "wallet.account.changed"
    | "wallet.account.erased"
    | "wallet.asset.changed";
  /**
   * How long to wait for the first event when there is none yet.
   * @min 0
   * @max 20
   * @default 0
   */
  waitSeconds?: number;
}

export interface EventsReply {
  events: WalletEvent[];
  /**
   * Where to go on: the next `after`, also of an empty page.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  nextCursor: string;
}

export interface ExchangeReply {
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  from: PostedExchangeSide;
  /** @format uuid */
  groupId: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  to: PostedExchangeSide;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface ExchangeRequest {
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  from: ExchangedFrom;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  to: ExchangedTo;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface ExchangedFrom {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Burns from the lots of this origin, or of one of these sources, alone. */
  only?: OnlyLots;
}

export interface ExchangedTo {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
}

export interface FailedElement {
  code: string;
  index: number;
  message: string;
}

export interface GroupReply {
  /** @format uuid */
  groupId: string;
  /** In the order in which they were posted. */
  transactions: TransactionReply[];
}

export interface HealthReply {
  database: "ok";
  status: "ok";
  version: string;
}

export interface HistoryQuery {
  /**
   * Asks for this asset alone.
   * @pattern ^[A-Z0-9_]{1,32}$
   */
  assetCode?: string;
  /** The `nextCursor` of a page: asks for the page after it. */
  cursor?: string;
  /**
   * Asks for transactions of this time and later, to the millisecond that callers see.
   * @format date-time
   */
  from?: string;
  /**
   * How many rows a page has at most.
   * @min 1
   * @max 200
   * @default 50
   */
  limit?: number;
  /**
   * How many rows to leave out first. Others may post in between: `cursor` neither repeats nor skips a row.
   * @min 0
   * @max 10000
   * @default 0
   */
  offset?: number;
  /**
   * Asks for transactions of this time and earlier, to the millisecond that callers see.
   * @format date-time
   */
  to?: string;
  /** Asks for the transactions of this type alone. */
  type?:
    | "TOP_UP"
    | "BONUS"
    | "PURCHASE"
    | "TRANSFER"
    | "REFUND"
    | "REVERSAL"
    | "EXCHANGE"
    | "ADJUSTMENT"
    | "OPENING_BALANCE"
    | "EXPIRY";
}

export interface HistoryReply {
  limit: number;
  /** The `cursor` of the next page; null when this is the last. */
  nextCursor: string | null;
  offset: number;
  transactions: HistoryRow[];
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface HistoryRow {
  amount: number;
  /** The name of the asset, for people to read. */
  asset: string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** What happened, for people to read. It holds the `itemName` of the metadata of a purchase, the `reason` of that of a bonus, and the reason of a reversal or an adjustment. */
  description: string;
  /** A debit lowers the balance of the user, a credit raises it. */
  entryType: "debit" | "credit";
  /** @format uuid */
  id: string;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** As the caller gave it. */
  metadata: Record<string, any>;
  /** The balance of the user after this transaction. */
  runningBalance: number;
  status: "completed";
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** The name of the type, for people to read. */
  type: string;
  typeCode:
    | "TOP_UP"
    | "BONUS"
    | "PURCHASE"
    | "TRANSFER"
    | "REFUND"
    | "REVERSAL"
    | "EXCHANGE"
    | "ADJUSTMENT"
    | "OPENING_BALANCE"
    | "EXPIRY";
}

export interface HoldEvent {
  data: HoldReply;
  datacontenttype: "application/json";
  /**
   * Stable for ever: deduplicate by it.
   * @format uuid
   */
  id: string;
  /**
   * Its place in commit order: a cursor.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  sequence: string;
  /**
   * Which ledger tells it.
   * @example "urn:wallet:wallet"
   */
  source: string;
  specversion: "1.0";
  /**
   * Whom it is about: of a transfer the payer; none of an asset or an erasure.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  subject?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  time: string;
  type:
    | "wallet.hold.placed"
    | "wallet.hold.captured"
    | "wallet.hold.voided"
    | "wallet.hold.expired";
}

export interface HoldReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of the purchase that captured it; else null. */
  capturedAmount: number | null;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  createdAt: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  expiresAt: string;
  /** @format uuid */
  holdId: string;
  metadata: Record<string, any>;
  status: "active" | "captured" | "voided" | "expired";
  /** The purchase that captured it; else null. */
  transactionId: string | null;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface HoldRequest {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * Seconds after which the hold reserves nothing and cannot be captured.
   * @min 1
   * @max 2592000
   * @default 900
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /** Burns from the lots of this origin, or of one of these sources, alone. */
  only?: OnlyLots;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface HoldsListQuery {
  /**
   * Asks for this asset alone.
   * @pattern ^[A-Z0-9_]{1,32}$
   */
  assetCode?: string;
  /** The nextCursor of the page before. */
  cursor?: string;
  /**
   * Holds of a page.
   * @min 1
   * @max 200
   * @default 50
   */
  limit?: number;
  /** Asks for the holds that stand so now. */
  status?: "active" | "captured" | "voided" | "expired";
}

export interface HoldsReply {
  holds: HoldReply[];
  nextCursor: string | null;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface LedgerFindClaimQuery {
  /**
   * The key to look for.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey: string;
  /**
   * Whose request it was. It narrows the search where the ledger is distributed.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   */
  userId?: string;
}

export interface Lot {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** What the user paid for this amount. */
  cost?: LotCost;
  expiresAt: string | null;
  /** What live holds reserve of it, within its amount. */
  held: number;
  /**
   * The lot: one of a balance, by its id.
   * @format uuid
   */
  lotId: string;
  origin: "paid" | "free";
  priority: number;
  source: string | null;
}

/** What the user paid for this amount. */
export interface LotCost {
  amount: number;
  currency: string;
}

export interface LotPiece {
  amount: number;
  /** What the user paid for this amount. */
  cost?: LotCost;
  expiresAt: string | null;
  /**
   * The lot: one of a balance, by its id.
   * @format uuid
   */
  lotId: string;
  origin: "paid" | "free";
  priority: number;
  source: string | null;
}

export interface LotsQuery {
  /**
   * Asks for this asset alone.
   * @pattern ^[A-Z0-9_]{1,32}$
   */
  assetCode?: string;
}

/** Live lots, in the order in which they burn. */
export interface LotsReply {
  lots: Lot[];
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export type Movement = MovementOfKind | MovementOfDay | MovementOfSource;

export interface MovementOfDay {
  /**
   * What they changed of all balances of users: below zero they took.
   * @example "600"
   */
  amount: string;
  /** Transactions. */
  count: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  day: string;
}

export interface MovementOfKind {
  /**
   * What they changed of all balances of users: below zero they took.
   * @example "600"
   */
  amount: string;
  /** Transactions. */
  count: number;
  kind:
    | "TOP_UP"
    | "BONUS"
    | "PURCHASE"
    | "TRANSFER"
    | "REFUND"
    | "REVERSAL"
    | "EXCHANGE"
    | "ADJUSTMENT"
    | "OPENING_BALANCE"
    | "EXPIRY";
}

export interface MovementOfSource {
  /**
   * What they changed of all balances of users: below zero they took.
   * @example "600"
   */
  amount: string;
  /** Transactions. */
  count: number;
  /** null: what is of no lot, such as a debt, and all of an asset without lots. */
  origin: "paid" | "free" | null;
  source: string | null;
}

export interface NextExpiry {
  amount: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  at: string;
}

/** Burns from the lots of this origin, or of one of these sources, alone. */
export interface OnlyLots {
  origin?: "paid" | "free";
  /**
   * @maxItems 32
   * @minItems 1
   */
  sources?: string[];
}

export interface OpenAccountRequest {
  /**
   * @minLength 1
   * @maxLength 255
   */
  name?: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface OpenAccountsReply {
  /** How many were opened. */
  created: number;
  /** How many there were before. They stay as they are. */
  existed: number;
}

export interface OpenAccountsRequest {
  /**
   * @maxItems 1000
   * @minItems 1
   */
  accounts: OpenAccountRequest[];
}

export interface ParkedUser {
  /**
   * A replay from here tells what was left out.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  after: string;
  /**
   * The event that was refused for a day.
   * @format uuid
   */
  eventId: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  parkedAt: string;
  /** null: of events about no user. */
  userId: string | null;
}

export interface PlacedHoldReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** What the user has left to spend of this asset. */
  available: number;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  expiresAt: string;
  /** @format uuid */
  holdId: string;
  status: "active";
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface PostedExchangeSide {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  newBalance: number;
  /** @format uuid */
  transactionId: string;
}

export interface ProofReply {
  checkpoint: Checkpoint;
  /** Of the leaf in the tree, from 0. */
  index: number;
  /** What is hashed: JSON in the form of RFC 8785. */
  leaf: string;
  /** The audit path (RFC 6962, 2.1.1), from the leaf up. */
  path: string[];
}

export interface ProofsConsistencyQuery {
  /**
   * The earlier checkpoint.
   * @pattern ^[1-9][0-9]{0,14}$
   * @example "1"
   */
  since: string;
}

export interface ProofsListQuery {
  /**
   * Asks for those after this number; without it for the last ones.
   * @pattern ^[0-9]{1,15}$
   */
  after?: string;
  /**
   * Checkpoints at most.
   * @min 1
   * @max 1000
   * @default 100
   */
  limit?: number;
}

export interface PurchaseReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** The `itemName` of the metadata, or null. */
  item: string | null;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface PurchaseRequest {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. Its `itemName`, a text, is answered as `item` and shown in the history.
   * @example {"itemName":"Epic Shield"}
   */
  metadata?: Record<string, any>;
  /** Burns from the lots of this origin, or of one of these sources, alone. */
  only?: OnlyLots;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface PutSubscriberReply {
  /** Tries of the next event that failed. */
  attempts: number;
  /**
   * @pattern ^[A-Za-z0-9_./:-]{1,256}$
   * @example "wallet-prod-events"
   */
  busName?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  createdAt: string;
  /**
   * All events up to here were told.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  cursor: string;
  enabled: boolean;
  kind: "webhook" | "eventbridge" | "sqs";
  lastError: string | null;
  /**
   * A subscriber, by the name that you give it.
   * @pattern ^[A-Za-z0-9_.-]{1,64}$
   * @example "game-backend"
   */
  name: string;
  nextTryAt: string | null;
  /** Users whose events are left out, because one of them was refused for a day. */
  parked: ParkedUser[];
  /**
   * @format uri
   * @example "https://sqs.eu-central-1.amazonaws.com/123456789012/wallet-prod-events.fifo"
   */
  queueUrl?: string;
  /**
   * A webhook's new secret (Standard Webhooks). It is told this once.
   * @example "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
   */
  secret?: string;
  /** null: all. */
  types: string[] | null;
  /**
   * @format uri
   * @maxLength 2000
   * @example "https://game.example/wallet-events"
   */
  url?: string;
}

export interface ReconciliationReply {
  /** How many of each were looked at. */
  checked: Partial<Record<string, number>>;
  discrepancies: Discrepancy[];
  finishedAt: string | null;
  full: boolean | null;
  snapshotAt: string | null;
}

export interface RefundReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  /** What is left of the purchase for further refunds. */
  refundableAmount: number;
  /**
   * The purchase that was given back.
   * @format uuid
   */
  refundedTransactionId: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface RefundRequest {
  /**
   * At most what is left of the purchase. Without it: all that is left.
   * @example 25
   */
  amount?: number | string;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /**
   * The purchase to give back.
   * @format uuid
   */
  transactionId: string;
}

export interface ReplayRequest {
  /**
   * Tells again what was committed after this.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  after: string;
}

export interface ReplyError {
  code: string;
  /**
   * Of VALIDATION_ERROR a list of {path, message}; of others what they compare.
   * @example {}
   */
  details?: any;
  /**
   * For people. It may change at any time.
   * @example "what went wrong"
   */
  message: string;
  /** @example "019aaaaa-0000-7000-8000-000000000000" */
  requestId: string;
  /** Whether the same request, with the same key, may pass later. */
  retryable: boolean;
}

export interface ReportsStatementQuery {
  /**
   * Asks for this asset alone.
   * @pattern ^[A-Z0-9_]{1,32}$
   */
  assetCode?: string;
  /**
   * The begin of the period.
   * @format date-time
   * @example "2024-02-01T00:00:00Z"
   */
  from: string;
  /**
   * What the movements are added up by: the kind of the transactions; each 24 hours since `from`, which is a whole hour then; or origin and source, of assets with lots.
   * @default "kind"
   */
  groupBy?: "kind" | "day" | "source";
  /**
   * The end of the period, which is not in it any more.
   * @format date-time
   * @example "2024-03-01T00:00:00Z"
   */
  to: string;
}

export interface ReversalReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  /**
   * The top-up or bonus that was taken back.
   * @format uuid
   */
  reversedTransactionId: string;
  /** Of an asset with lots: what it was to take back and did not. */
  shortfall?: number;
  /** Of an asset with lots: what this took back; the same as `amount`. */
  taken?: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface ReversalRequest {
  /** Of an asset with lots: a part of what is left of it. Without it: all that is left. */
  amount?: number | string;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /**
   * What happens when the user has spent it already: a refusal, or a balance below zero, or, of an asset with lots, what the user still has.
   * @default "reject"
   */
  onInsufficientFunds?: "reject" | "allow-negative" | "take-what-is-left";
  /**
   * Why. The history shows it in `description`.
   * @minLength 1
   * @maxLength 255
   * @example "chargeback"
   */
  reason: string;
  /**
   * The top-up or bonus to take back.
   * @format uuid
   */
  transactionId: string;
}

export interface StatementOfOrigin {
  /**
   * What they had when it ended: opening and all movements.
   * @example "600"
   */
  closing: string;
  /**
   * What expired in the period; the movements have it too.
   * @example "600"
   */
  expired: string;
  /**
   * What all users had when the period began.
   * @example "600"
   */
  opening: string;
}

export interface StatementReply {
  assets: AssetStatement[];
  /**
   * @format date-time
   * @example "2024-02-01T00:00:00.000Z"
   */
  from: string;
  /**
   * @format date-time
   * @example "2024-03-01T00:00:00.000Z"
   */
  to: string;
}

export interface Subscriber {
  /** Tries of the next event that failed. */
  attempts: number;
  /**
   * @pattern ^[A-Za-z0-9_./:-]{1,256}$
   * @example "wallet-prod-events"
   */
  busName?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  createdAt: string;
  /**
   * All events up to here were told.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  cursor: string;
  enabled: boolean;
  kind: "webhook" | "eventbridge" | "sqs";
  /** For how long the oldest event that it was not told has been committed. */
  lagSeconds: number;
  lastError: string | null;
  /**
   * A subscriber, by the name that you give it.
   * @pattern ^[A-Za-z0-9_.-]{1,64}$
   * @example "game-backend"
   */
  name: string;
  nextTryAt: string | null;
  /** Users whose events are left out, because one of them was refused for a day. */
  parked: ParkedUser[];
  /**
   * @format uri
   * @example "https://sqs.eu-central-1.amazonaws.com/123456789012/wallet-prod-events.fifo"
   */
  queueUrl?: string;
  /** null: all. */
  types: string[] | null;
  /**
   * @format uri
   * @maxLength 2000
   * @example "https://game.example/wallet-events"
   */
  url?: string;
}

export interface SubscriberReply {
  /** Tries of the next event that failed. */
  attempts: number;
  /**
   * @pattern ^[A-Za-z0-9_./:-]{1,256}$
   * @example "wallet-prod-events"
   */
  busName?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  createdAt: string;
  /**
   * All events up to here were told.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  cursor: string;
  enabled: boolean;
  kind: "webhook" | "eventbridge" | "sqs";
  lastError: string | null;
  /**
   * A subscriber, by the name that you give it.
   * @pattern ^[A-Za-z0-9_.-]{1,64}$
   * @example "game-backend"
   */
  name: string;
  nextTryAt: string | null;
  /** Users whose events are left out, because one of them was refused for a day. */
  parked: ParkedUser[];
  /**
   * @format uri
   * @example "https://sqs.eu-central-1.amazonaws.com/123456789012/wallet-prod-events.fifo"
   */
  queueUrl?: string;
  /** null: all. */
  types: string[] | null;
  /**
   * @format uri
   * @maxLength 2000
   * @example "https://game.example/wallet-events"
   */
  url?: string;
}

export interface SubscriberRequest {
  /**
   * @pattern ^[A-Za-z0-9_./:-]{1,256}$
   * @example "wallet-prod-events"
   */
  busName?: string;
  /** false stops telling it, and keeps its place. Without it: as it is, and a new one is. */
  enabled?: boolean;
  kind: "webhook" | "eventbridge" | "sqs";
  /**
   * @format uri
   * @example "https://sqs.eu-central-1.amazonaws.com/123456789012/wallet-prod-events.fifo"
   */
  queueUrl?: string;
  /** true makes a new secret of a webhook. The old one signs for another day, beside it. */
  rotateSecret?: boolean;
  /**
   * The events that it wants; without it all.
   * @minItems 1
   */
  types?: (
    | "wallet.transaction.posted"
    | "wallet.hold.placed"
    | "wallet.hold.captured"
    | "wallet.hold.voided"
    | "wallet.hold.expired"
    | "wallet.account.opened"
    | "wallet.account.changed"
    | "wallet.account.erased"
    | "wallet.asset.changed"
  )[];
  /**
   * @format uri
   * @maxLength 2000
   * @example "https://game.example/wallet-events"
   */
  url?: string;
}

export interface SubscribersReply {
  subscribers: Subscriber[];
}

export interface TopupReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The balance of the user after this transaction. */
  newBalance: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /** @format uuid */
  transactionId: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

export interface TopupRequest {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** Of a paid credit: what the user paid for it. */
  cost?: CreditCost;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * From this time on, cut to the second, what is left of it is gone.
   * @format date-time
   */
  expiresAt?: string;
  /**
   * In place of `expiresAt`: seconds from now.
   * @min 1
   * @max 1000000000
   */
  expiresInSeconds?: number;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /** true opens the account of the user in the same transaction, where there is none. */
  openAccount?: boolean;
  /** Whether the user paid for it. Without it: `paid` for a top-up, `free` for all others. */
  origin?: "paid" | "free";
  /**
   * Lots of a lower priority burn first. Without it: 50.
   * @min 0
   * @max 100
   */
  priority?: number;
  /**
   * Where it was bought or given, such as a shop or a platform.
   * @pattern ^[A-Za-z0-9_.-]{1,32}$
   */
  source?: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  userId: string;
}

/**
 * By type of account: `user`, and each of the system, such as `treasury` or `bonusPool`.
 * @example {"user":"600","treasury":"-600","revenue":"0","bonusPool":"0"}
 */
export type Totals = Partial<Record<string, string>>;

export interface TransactionEvent {
  data: TransactionReply;
  datacontenttype: "application/json";
  /**
   * Stable for ever: deduplicate by it.
   * @format uuid
   */
  id: string;
  /**
   * Its place in commit order: a cursor.
   * @pattern ^[0-9a-f]{80}$
   * @example "00000000000000000000000000000000000000000000000000000000000000000000000000000000"
   */
  sequence: string;
  /**
   * Which ledger tells it.
   * @example "urn:wallet:wallet"
   */
  source: string;
  specversion: "1.0";
  /**
   * Whom it is about: of a transfer the payer; none of an asset or an erasure.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  subject?: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  time: string;
  type: "wallet.transaction.posted";
}

export interface TransactionReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /**
   * @maxItems 2
   * @minItems 2
   */
  entries: Entry[];
  /** The group of transactions that posted together, or null. */
  groupId: string | null;
  /** @format uuid */
  id: string;
  idempotencyKey: string | null;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** As the caller gave it. */
  metadata: Record<string, any>;
  /** Who posted it, by the token or signature; null when nobody was asked. */
  principal: string | null;
  /** The transaction that a refund, reversal or adjustment is about, or the hold that a purchase captured; else null. */
  relatedId: string | null;
  /** Of a credit of an asset with lots: what was spent of it since. */
  spent?: number;
  status: "completed";
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  type: string;
  typeCode:
    | "TOP_UP"
    | "BONUS"
    | "PURCHASE"
    | "TRANSFER"
    | "REFUND"
    | "REVERSAL"
    | "EXCHANGE"
    | "ADJUSTMENT"
    | "OPENING_BALANCE"
    | "EXPIRY";
  /** Of a credit of an asset with lots: what is still there of it. The oldest credit burns first. */
  unspent?: number;
}

export interface TransferReply {
  amount: number;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true when this was a dry run: nothing was done. */
  dryRun?: true;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  fromUserId: string;
  /** Where the users live in two homes, a transfer is two transactions: their group. Else null. */
  groupId: string | null;
  /** Of an asset with lots: what this made, or burned. */
  lots?: LotPiece[];
  /** The sender's balance after this transaction. */
  newBalance: number;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
   */
  timestamp: string;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  toUserId: string;
  /** @format uuid */
  transactionId: string;
}

export interface TransferRequest {
  /**
   * A number or a decimal string, greater than 0. It has at most as many decimals as the asset, and at most 15 significant digits.
   * @example 25
   */
  amount: number | string;
  /**
   * An asset, by its code.
   * @pattern ^[A-Z0-9_]{1,32}$
   * @example "GOLD_COIN"
   */
  assetCode: string;
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  fromUserId: string;
  /**
   * Names this one posting for ever: sent again with the same key, it is answered as the first time. The key may come in the body or in the header `Idempotency-Key`. One of both is needed; if both are given, they must agree.
   * @pattern ^[\x20-\x7e]{1,255}$
   * @example "topup-user001-20240215-1234"
   */
  idempotencyKey?: string;
  /** A JSON object that the caller wants to keep with it, of at most 8192 bytes as JSON text. */
  metadata?: Record<string, any>;
  /** Burns from the lots of this origin, or of one of these sources, alone. */
  only?: OnlyLots;
  /**
   * A user, by the name that the caller gave it.
   * @pattern ^(?!\.{1,2}$)[A-Za-z0-9_.:@-]{1,128}$
   * @example "user_001"
   */
  toUserId: string;
}

export interface TrialBalanceReply {
  assets: AssetTotals[];
}

export interface VoidRequest {
  /** true decides everything and does nothing: the reply is what this request would get now, its key stays free, and its ids are those that it would have. */
  dryRun?: boolean;
}

/** What was committed, as a CloudEvent 1.0. */
export type WalletEvent = BaseWalletEvent &
  (
    | BaseWalletEventTypeMapping<"wallet.transaction.posted", TransactionEvent>
    | BaseWalletEventTypeMapping<"wallet.hold.placed", HoldEvent>
    | BaseWalletEventTypeMapping<"wallet.hold.captured", HoldEvent>
    | BaseWalletEventTypeMapping<"wallet.hold.voided", HoldEvent>
    | BaseWalletEventTypeMapping<"wallet.hold.expired", HoldEvent>
    | BaseWalletEventTypeMapping<"wallet.account.opened", AccountEvent>
    | BaseWalletEventTypeMapping<"wallet.account.changed", AccountEvent>
    | BaseWalletEventTypeMapping<"wallet.account.erased", ErasureEvent>
    | BaseWalletEventTypeMapping<"wallet.asset.changed", AssetEvent>
  );

/** Every code that the service refuses with. */
export type ServiceErrorCode =
  | "ACCOUNT_CLOSED"
  | "ACCOUNT_FROZEN"
  | "ACCOUNT_NOT_EMPTY"
  | "ALREADY_REVERSED"
  | "AMOUNT_PRECISION"
  | "ASSET_LOTS_FIXED"
  | "ASSET_NOT_FOUND"
  | "ASSET_NOT_TRANSFERABLE"
  | "ASSET_SCALE_FIXED"
  | "ASSET_WITHOUT_LOTS"
  | "BALANCE_LIMIT_EXCEEDED"
  | "CAPTURE_EXCEEDS_HOLD"
  | "CONTENTION"
  | "DATABASE_UNAVAILABLE"
  | "FORBIDDEN"
  | "GROUP_NOT_FOUND"
  | "HOLD_CAPTURED"
  | "HOLD_EXPIRED"
  | "HOLD_NOT_FOUND"
  | "HOLD_VOIDED"
  | "IDEMPOTENCY_KEY_REUSED"
  | "INSUFFICIENT_FUNDS"
  | "INTERNAL"
  | "MALFORMED_JSON"
  | "NOT_ON_SEVERAL_NODES"
  | "NOT_REFUNDABLE"
  | "NOT_REVERSIBLE"
  | "PAID_CREDITS_DO_NOT_EXPIRE"
  | "PAYLOAD_TOO_LARGE"
  | "PROOF_PENDING"
  | "RATE_LIMITED"
  | "REFUND_EXCEEDS_ORIGINAL"
  | "ROUTE_NOT_FOUND"
  | "SAME_ACCOUNT"
  | "SUBSCRIBER_NOT_FOUND"
  | "TOO_MANY_LOTS"
  | "TRANSACTION_NOT_FOUND"
  | "UNAUTHENTICATED"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "USER_NOT_FOUND"
  | "VALIDATION_ERROR";

/** The wallet's operations. A call answers the `data` of the reply, and rejects with a `WalletError`. */
export class WalletClient extends Core {
  /**
   * Credit what a user bought with real money.
   *
   * Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, PAID_CREDITS_DO_NOT_EXPIRE, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
   *
   * @request POST /api/transactions/topup
   */
  readonly topup = (
    body: TopupRequest,
    options?: CallOptions,
  ): Call<TopupReply> =>
    this.call<TopupReply>(
      { method: "POST", path: `/api/transactions/topup`, body, keys: [""] },
      options,
    );

  /**
   * Credit what the system gives for free.
   *
   * Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, PAID_CREDITS_DO_NOT_EXPIRE, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
   *
   * @request POST /api/transactions/bonus
   */
  readonly bonus = (
    body: BonusRequest,
    options?: CallOptions,
  ): Call<BonusReply> =>
    this.call<BonusReply>(
      { method: "POST", path: `/api/transactions/bonus`, body, keys: [""] },
      options,
    );

  /**
   * Debit what a user spends.
   *
   * Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, INSUFFICIENT_FUNDS.
   *
   * @request POST /api/transactions/purchase
   */
  readonly purchase = (
    body: PurchaseRequest,
    options?: CallOptions,
  ): Call<PurchaseReply> =>
    this.call<PurchaseReply>(
      { method: "POST", path: `/api/transactions/purchase`, body, keys: [""] },
      options,
    );

  /**
   * Move between users an asset that was made transferable.
   *
   * Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_NOT_TRANSFERABLE, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, SAME_ACCOUNT, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
   *
   * @request POST /api/transactions/transfer
   */
  readonly transfer = (
    body: TransferRequest,
    options?: CallOptions,
  ): Call<TransferReply> =>
    this.call<TransferReply>(
      { method: "POST", path: `/api/transactions/transfer`, body, keys: [""] },
      options,
    );

  /**
   * Give a purchase back, in part or whole.
   *
   * Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, NOT_REFUNDABLE, REFUND_EXCEEDS_ORIGINAL, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
   *
   * @request POST /api/transactions/refund
   */
  readonly refund = (
    body: RefundRequest,
    options?: CallOptions,
  ): Call<RefundReply> =>
    this.call<RefundReply>(
      { method: "POST", path: `/api/transactions/refund`, body, keys: [""] },
      options,
    );

  /**
   * Take a top-up or bonus back.
   *
   * Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, NOT_REVERSIBLE, ALREADY_REVERSED, REFUND_EXCEEDS_ORIGINAL, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED.
   *
   * @request POST /api/transactions/reversal
   */
  readonly reversal = (
    body: ReversalRequest,
    options?: CallOptions,
  ): Call<ReversalReply> =>
    this.call<ReversalReply>(
      { method: "POST", path: `/api/transactions/reversal`, body, keys: [""] },
      options,
    );

  /**
   * Correct a user's balance.
   *
   * Works on frozen accounts, too. The other side is the system account of adjustments.
   *
   * Needs one of the scopes `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, PAID_CREDITS_DO_NOT_EXPIRE, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
   *
   * @request POST /api/transactions/adjustment
   */
  readonly adjustment = (
    body: AdjustmentRequest,
    options?: CallOptions,
  ): Call<AdjustmentReply> =>
    this.call<AdjustmentReply>(
      {
        method: "POST",
        path: `/api/transactions/adjustment`,
        body,
        keys: [""],
      },
      options,
    );

  /**
   * Exchange one asset of a user for another.
   *
   * Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, INSUFFICIENT_FUNDS, PAID_CREDITS_DO_NOT_EXPIRE, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
   *
   * @request POST /api/transactions/exchange
   */
  readonly exchange = (
    body: ExchangeRequest,
    options?: CallOptions,
  ): Call<ExchangeReply> =>
    this.call<ExchangeReply>(
      { method: "POST", path: `/api/transactions/exchange`, body, keys: [""] },
      options,
    );

  /**
   * Post up to 1000 transactions together.
   *
   * Needs one of the scopes `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_NOT_TRANSFERABLE, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, SAME_ACCOUNT, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS, PAID_CREDITS_DO_NOT_EXPIRE.
   *
   * @request POST /api/transactions/batch
   */
  readonly batch = (
    body: BatchRequest,
    options?: CallOptions,
  ): Call<BatchReply> =>
    this.call<BatchReply>(
      {
        method: "POST",
        path: `/api/transactions/batch`,
        body,
        keys: ["transactions"],
      },
      options,
    );

  /**
   * Balances of a user, now or at a time.
   *
   * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
   *
   * @request GET /api/balance/{userId}
   */
  readonly balance = (
    userId: string,
    query?: BalanceQuery,
    options?: CallOptions,
  ): Call<BalanceReply> =>
    this.call<BalanceReply>(
      { method: "GET", path: `/api/balance/${segment(userId)}`, query },
      options,
    );

  /**
   * Live lots of a user, in the order in which they burn.
   *
   * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
   *
   * @request GET /api/lots/{userId}
   */
  readonly lots = (
    userId: string,
    query?: LotsQuery,
    options?: CallOptions,
  ): Call<LotsReply> =>
    this.call<LotsReply>(
      { method: "GET", path: `/api/lots/${segment(userId)}`, query },
      options,
    );

  /**
   * Transactions of a user, newest first.
   *
   * Within one asset of one user, timestamps rise in the order in which the transactions were committed. So
   * who polls one asset with `from` set to the newest timestamp seen misses nothing: the newest row comes
   * again, and its id tells.
   *
   * Across assets a row may appear with a timestamp up to ten seconds older than rows already shown: that is
   * how long a statement may take here. Who polls all assets asks again from ten seconds before the newest
   * timestamp seen, and drops the ids that it has seen.
   *
   * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
   *
   * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
   *
   * @request GET /api/transactions/{userId}
   */
  readonly history = (
    userId: string,
    query?: HistoryQuery,
    options?: CallOptions,
  ): Listing<HistoryReply, "transactions"> =>
    this.list<HistoryReply, "transactions">(
      {
        method: "GET",
        path: `/api/transactions/${segment(userId)}`,
        query,
        items: "transactions",
        cursor: "cursor",
      },
      options,
    );

  /**
   * Whether the service and its database answer.
   *
   * Needs no token.
   *
   * @request GET /health
   */
  readonly health = (options?: CallOptions): Call<HealthReply> =>
    this.call<HealthReply>(
      { method: "GET", path: `/health`, isPublic: true },
      options,
    );

  readonly holds = {
    /**
     * Reserve funds of a user for a time.
     *
     * Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, INSUFFICIENT_FUNDS.
     *
     * @request POST /api/holds
     */
    place: (body: HoldRequest, options?: CallOptions): Call<PlacedHoldReply> =>
      this.call<PlacedHoldReply>(
        { method: "POST", path: `/api/holds`, body, keys: [""] },
        options,
      ),

    /**
     * Spend a hold, in part or whole, as a purchase.
     *
     * Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, HOLD_CAPTURED, HOLD_VOIDED, HOLD_EXPIRED, CAPTURE_EXCEEDS_HOLD, INSUFFICIENT_FUNDS.
     *
     * @request POST /api/holds/{holdId}/capture
     */
    capture: (
      holdId: string,
      body?: CaptureRequest,
      options?: CallOptions,
    ): Call<CaptureReply> =>
      this.call<CaptureReply>(
        {
          method: "POST",
          path: `/api/holds/${segment(holdId)}/capture`,
          body: body ?? {},
          keys: [""],
        },
        options,
      ),

    /**
     * Give a hold up.
     *
     * Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND, HOLD_CAPTURED, HOLD_EXPIRED.
     *
     * @request POST /api/holds/{holdId}/void
     */
    void: (
      holdId: string,
      body?: VoidRequest,
      options?: CallOptions,
    ): Call<HoldReply> =>
      this.call<HoldReply>(
        {
          method: "POST",
          path: `/api/holds/${segment(holdId)}/void`,
          body: body ?? {},
        },
        options,
      ),

    /**
     * A hold as it stands now.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND.
     *
     * @request GET /api/holds/{holdId}
     */
    get: (holdId: string, options?: CallOptions): Call<HoldReply> =>
      this.call<HoldReply>(
        { method: "GET", path: `/api/holds/${segment(holdId)}` },
        options,
      ),

    /**
     * Holds of a user, newest first.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @request GET /api/accounts/{userId}/holds
     */
    list: (
      userId: string,
      query?: HoldsListQuery,
      options?: CallOptions,
    ): Listing<HoldsReply, "holds"> =>
      this.list<HoldsReply, "holds">(
        {
          method: "GET",
          path: `/api/accounts/${segment(userId)}/holds`,
          query,
          items: "holds",
          cursor: "cursor",
        },
        options,
      ),
  };

  readonly accounts = {
    /**
     * Open up to 1000 accounts.
     *
     * Needs one of the scopes `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @request POST /api/accounts/batch
     */
    open: (
      body: OpenAccountsRequest,
      options?: CallOptions,
    ): Call<OpenAccountsReply> =>
      this.call<OpenAccountsReply>(
        { method: "POST", path: `/api/accounts/batch`, body },
        options,
      ),

    /**
     * Accounts of users.
     *
     * The order is fixed, and means nothing.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * @request GET /api/accounts
     */
    list: (
      query?: AccountsListQuery,
      options?: CallOptions,
    ): Listing<AccountsReply, "accounts"> =>
      this.list<AccountsReply, "accounts">(
        {
          method: "GET",
          path: `/api/accounts`,
          query,
          items: "accounts",
          cursor: "cursor",
        },
        options,
      ),

    /**
     * Open a user's account, or rename it.
     *
     * Needs one of the scopes `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @request PUT /api/accounts/{userId}
     */
    put: (
      userId: string,
      body?: AccountRequest,
      options?: CallOptions,
    ): Call<AccountReply> =>
      this.call<AccountReply>(
        {
          method: "PUT",
          path: `/api/accounts/${segment(userId)}`,
          body: body ?? {},
        },
        options,
      ),

    /**
     * A user's account.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND.
     *
     * @request GET /api/accounts/{userId}
     */
    get: (userId: string, options?: CallOptions): Call<AccountReply> =>
      this.call<AccountReply>(
        { method: "GET", path: `/api/accounts/${segment(userId)}` },
        options,
      ),

    /**
     * Freeze, close or reopen a user's account.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ACCOUNT_CLOSED, ACCOUNT_NOT_EMPTY.
     *
     * @request PATCH /api/accounts/{userId}
     */
    setStatus: (
      userId: string,
      body: AccountStatusRequest,
      options?: CallOptions,
    ): Call<AccountReply> =>
      this.call<AccountReply>(
        { method: "PATCH", path: `/api/accounts/${segment(userId)}`, body },
        options,
      ),

    /**
     * Take a person out of the ledger; books and proofs stay true.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_NOT_EMPTY.
     *
     * @request POST /api/accounts/{userId}/erase
     */
    erase: (
      userId: string,
      body: EraseRequest,
      options?: CallOptions,
    ): Call<EraseReply> =>
      this.call<EraseReply>(
        {
          method: "POST",
          path: `/api/accounts/${segment(userId)}/erase`,
          body,
          keys: [""],
        },
        options,
      ),

    /**
     * Who did what to a user's account, newest first.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: USER_NOT_FOUND.
     *
     * @request GET /api/accounts/{userId}/acts
     */
    listActs: (
      userId: string,
      query?: AccountsListActsQuery,
      options?: CallOptions,
    ): Listing<ActsReply, "acts"> =>
      this.list<ActsReply, "acts">(
        {
          method: "GET",
          path: `/api/accounts/${segment(userId)}/acts`,
          query,
          items: "acts",
          cursor: "cursor",
        },
        options,
      ),
  };

  readonly assets = {
    /**
     * Create an asset, or change its name and transferability.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: ASSET_SCALE_FIXED, ASSET_LOTS_FIXED, ASSET_WITHOUT_LOTS.
     *
     * @request PUT /api/assets/{assetCode}
     */
    put: (
      assetCode: string,
      body: AssetRequest,
      options?: CallOptions,
    ): Call<AssetReply> =>
      this.call<AssetReply>(
        { method: "PUT", path: `/api/assets/${segment(assetCode)}`, body },
        options,
      ),

    /**
     * Every asset.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @request GET /api/assets
     */
    list: (options?: CallOptions): Call<AssetsReply> =>
      this.call<AssetsReply>({ method: "GET", path: `/api/assets` }, options),
  };

  readonly ledger = {
    /**
     * A transaction with its two entries.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND.
     *
     * @request GET /api/ledger/{transactionId}
     */
    getTransaction: (
      transactionId: string,
      options?: CallOptions,
    ): Call<TransactionReply> =>
      this.call<TransactionReply>(
        { method: "GET", path: `/api/ledger/${segment(transactionId)}` },
        options,
      ),

    /**
     * What an idempotency key has made: a transaction or a hold.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND.
     *
     * @request GET /api/ledger
     */
    findClaim: (
      query: LedgerFindClaimQuery,
      options?: CallOptions,
    ): Call<ClaimReply> =>
      this.call<ClaimReply>(
        { method: "GET", path: `/api/ledger`, query },
        options,
      ),
  };

  readonly groups = {
    /**
     * The transactions that posted together.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: GROUP_NOT_FOUND.
     *
     * @request GET /api/groups/{groupId}
     */
    get: (groupId: string, options?: CallOptions): Call<GroupReply> =>
      this.call<GroupReply>(
        { method: "GET", path: `/api/groups/${segment(groupId)}` },
        options,
      ),
  };

  readonly reports = {
    /**
     * Per asset the totals by type of account, and their sum: zero.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @request GET /api/reports/trial-balance
     */
    trialBalance: (options?: CallOptions): Call<TrialBalanceReply> =>
      this.call<TrialBalanceReply>(
        { method: "GET", path: `/api/reports/trial-balance` },
        options,
      ),

    /**
     * What users had of each asset at two times, and what moved it between.
     *
     * With `Accept: text/csv` it is a table.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: ASSET_NOT_FOUND.
     *
     * @request GET /api/reports/statement
     */
    statement: (
      query: ReportsStatementQuery,
      options?: CallOptions,
    ): Call<StatementReply> =>
      this.call<StatementReply>(
        { method: "GET", path: `/api/reports/statement`, query },
        options,
      ),

    /**
     * What users had of each asset at two times, and what moved it between.
     *
     * With `Accept: text/csv` it is a table.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: ASSET_NOT_FOUND.
     *
     * @request GET /api/reports/statement
     */
    statementCsv: (
      query: ReportsStatementQuery,
      options?: CallOptions,
    ): Call<string> =>
      this.call<string>(
        {
          method: "GET",
          path: `/api/reports/statement`,
          query,
          accept: "text/csv",
        },
        options,
      ),

    /**
     * What the last reconciliation found.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @request GET /api/reports/reconciliation
     */
    reconciliation: (options?: CallOptions): Call<ReconciliationReply> =>
      this.call<ReconciliationReply>(
        { method: "GET", path: `/api/reports/reconciliation` },
        options,
      ),
  };

  readonly events = {
    /**
     * Every change in the order in which it was committed, from any place on.
     *
     * Needs one of the scopes `wallet:events`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: NOT_ON_SEVERAL_NODES.
     *
     * @request GET /api/events
     */
    list: (
      query?: EventsListQuery,
      options?: CallOptions,
    ): Listing<EventsReply, "events"> =>
      this.list<EventsReply, "events">(
        {
          method: "GET",
          path: `/api/events`,
          query,
          items: "events",
          cursor: "after",
        },
        options,
      ),
  };

  readonly proofs = {
    /**
     * What was signed of the ledger: the last checkpoints, or those after one.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: NOT_ON_SEVERAL_NODES.
     *
     * @request GET /api/checkpoints
     */
    list: (
      query?: ProofsListQuery,
      options?: CallOptions,
    ): Call<CheckpointsReply> =>
      this.call<CheckpointsReply>(
        { method: "GET", path: `/api/checkpoints`, query },
        options,
      ),

    /**
     * That a transaction is in a checkpoint as it was posted.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, PROOF_PENDING, NOT_ON_SEVERAL_NODES.
     *
     * @request GET /api/ledger/{transactionId}/proof
     */
    get: (transactionId: string, options?: CallOptions): Call<ProofReply> =>
      this.call<ProofReply>(
        { method: "GET", path: `/api/ledger/${segment(transactionId)}/proof` },
        options,
      ),

    /**
     * That a checkpoint has all that an earlier one had, unchanged.
     *
     * Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: PROOF_PENDING, NOT_ON_SEVERAL_NODES.
     *
     * @request GET /api/checkpoints/{number}/consistency
     */
    consistency: (
      number: string,
      query: ProofsConsistencyQuery,
      options?: CallOptions,
    ): Call<ConsistencyReply> =>
      this.call<ConsistencyReply>(
        {
          method: "GET",
          path: `/api/checkpoints/${segment(number)}/consistency`,
          query,
        },
        options,
      ),
  };

  readonly subscribers = {
    /**
     * Make a subscriber, which is told every change from now on, or change one.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: NOT_ON_SEVERAL_NODES.
     *
     * @request PUT /api/subscribers/{name}
     */
    put: (
      name: string,
      body: SubscriberRequest,
      options?: CallOptions,
    ): Call<PutSubscriberReply> =>
      this.call<PutSubscriberReply>(
        { method: "PUT", path: `/api/subscribers/${segment(name)}`, body },
        options,
      ),

    /**
     * Forget a subscriber; the reply has it as it was.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: SUBSCRIBER_NOT_FOUND.
     *
     * @request DELETE /api/subscribers/{name}
     */
    delete: (name: string, options?: CallOptions): Call<SubscriberReply> =>
      this.call<SubscriberReply>(
        { method: "DELETE", path: `/api/subscribers/${segment(name)}` },
        options,
      ),

    /**
     * Every subscriber, with its place, its lag and its last error.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * @request GET /api/subscribers
     */
    list: (options?: CallOptions): Call<SubscribersReply> =>
      this.call<SubscribersReply>(
        { method: "GET", path: `/api/subscribers` },
        options,
      ),

    /**
     * Tell a subscriber again what was committed after a cursor.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: SUBSCRIBER_NOT_FOUND.
     *
     * @request POST /api/subscribers/{name}/replay
     */
    replay: (
      name: string,
      body: ReplayRequest,
      options?: CallOptions,
    ): Call<SubscriberReply> =>
      this.call<SubscriberReply>(
        {
          method: "POST",
          path: `/api/subscribers/${segment(name)}/replay`,
          body,
        },
        options,
      ),

    /**
     * The last 100 attempts to tell a subscriber, newest first.
     *
     * Needs one of the scopes `wallet:admin`.
     *
     * Refusals of its own, in the order in which they are decided: SUBSCRIBER_NOT_FOUND.
     *
     * @request GET /api/subscribers/{name}/deliveries
     */
    deliveries: (name: string, options?: CallOptions): Call<DeliveriesReply> =>
      this.call<DeliveriesReply>(
        { method: "GET", path: `/api/subscribers/${segment(name)}/deliveries` },
        options,
      ),
  };
}
