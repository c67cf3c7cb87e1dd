/* eslint-disable */
/* tslint:disable */
// @ts-nocheck
/*
 * ---------------------------------------------------------------
 * ## THIS FILE WAS GENERATED VIA SWAGGER-TYPESCRIPT-API        ##
 * ##                                                           ##
 * ## AUTHOR: acacode                                           ##
 * ## SOURCE: https://github.com/acacode/swagger-typescript-api ##
 * ---------------------------------------------------------------
 */

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
  idempotencyKey: string;
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
  idempotencyKey: string;
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
  idempotencyKey: string;
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
  idempotencyKey: string;
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
  idempotencyKey: string;
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
   * @example "erased:844424930131968"
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
   * @example "2024-02-15T10:30:00.000Z"
   */
  from: string;
  /**
   * @format date-time
   * @example "2024-02-15T10:30:00.000Z"
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

export type QueryParamsType = Record<string | number, any>;
export type ResponseFormat = keyof Omit<Body, "body" | "bodyUsed">;

export interface FullRequestParams extends Omit<RequestInit, "body"> {
  /** set parameter to `true` for call `securityWorker` for this request */
  secure?: boolean;
  /** request path */
  path: string;
  /** content type of request body */
  type?: ContentType;
  /** query params */
  query?: QueryParamsType;
  /** format of response (i.e. response.json() -> format: "json") */
  format?: ResponseFormat;
  /** request body */
  body?: unknown;
  /** base url */
  baseUrl?: string;
  /** request cancellation token */
  cancelToken?: CancelToken;
}

export type RequestParams = Omit<
  FullRequestParams,
  "body" | "method" | "query" | "path"
>;

export interface ApiConfig<SecurityDataType = unknown> {
  baseUrl?: string;
  baseApiParams?: Omit<RequestParams, "baseUrl" | "cancelToken" | "signal">;
  securityWorker?: (
    securityData: SecurityDataType | null,
  ) => Promise<RequestParams | void> | RequestParams | void;
  customFetch?: typeof fetch;
}

export interface HttpResponse<D extends unknown, E extends unknown = unknown>
  extends Response {
  data: D;
  error: E;
}

type CancelToken = Symbol | string | number;

export enum ContentType {
  Json = "application/json",
  JsonApi = "application/vnd.api+json",
  FormData = "multipart/form-data",
  UrlEncoded = "application/x-www-form-urlencoded",
  Text = "text/plain",
}

export class HttpClient<SecurityDataType = unknown> {
  public baseUrl: string = "/";
  private securityData: SecurityDataType | null = null;
  private securityWorker?: ApiConfig<SecurityDataType>["securityWorker"];
  private abortControllers = new Map<CancelToken, AbortController>();
  private customFetch = (...fetchParams: Parameters<typeof fetch>) =>
    fetch(...fetchParams);

  private baseApiParams: RequestParams = {
    credentials: "same-origin",
    headers: {},
    redirect: "follow",
    referrerPolicy: "no-referrer",
  };

  constructor(apiConfig: ApiConfig<SecurityDataType> = {}) {
    Object.assign(this, apiConfig);
  }

  public setSecurityData = (data: SecurityDataType | null) => {
    this.securityData = data;
  };

  protected encodeQueryParam(key: string, value: any) {
    const encodedKey = encodeURIComponent(key);
    return `${encodedKey}=${encodeURIComponent(typeof value === "number" ? value : `${value}`)}`;
  }

  protected addQueryParam(query: QueryParamsType, key: string) {
    return this.encodeQueryParam(key, query[key]);
  }

  protected addArrayQueryParam(query: QueryParamsType, key: string) {
    const value = query[key];
    return value.map((v: any) => this.encodeQueryParam(key, v)).join("&");
  }

  protected toQueryString(rawQuery?: QueryParamsType): string {
    const query = rawQuery || {};
    const keys = Object.keys(query).filter(
      (key) => "undefined" !== typeof query[key],
    );
    return keys
      .map((key) =>
        Array.isArray(query[key])
          ? this.addArrayQueryParam(query, key)
          : this.addQueryParam(query, key),
      )
      .join("&");
  }

  protected addQueryParams(rawQuery?: QueryParamsType): string {
    const queryString = this.toQueryString(rawQuery);
    return queryString ? `?${queryString}` : "";
  }

  private contentFormatters: Record<ContentType, (input: any) => any> = {
    [ContentType.Json]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.JsonApi]: (input: any) =>
      input !== null && (typeof input === "object" || typeof input === "string")
        ? JSON.stringify(input)
        : input,
    [ContentType.Text]: (input: any) =>
      input !== null && typeof input !== "string"
        ? JSON.stringify(input)
        : input,
    [ContentType.FormData]: (input: any) => {
      if (input instanceof FormData) {
        return input;
      }

      return Object.keys(input || {}).reduce((formData, key) => {
        const property = input[key];
        formData.append(
          key,
          property instanceof Blob
            ? property
            : typeof property === "object" && property !== null
              ? JSON.stringify(property)
              : `${property}`,
        );
        return formData;
      }, new FormData());
    },
    [ContentType.UrlEncoded]: (input: any) => this.toQueryString(input),
  };

  protected mergeRequestParams(
    params1: RequestParams,
    params2?: RequestParams,
  ): RequestParams {
    return {
      ...this.baseApiParams,
      ...params1,
      ...(params2 || {}),
      headers: {
        ...(this.baseApiParams.headers || {}),
        ...(params1.headers || {}),
        ...((params2 && params2.headers) || {}),
      },
    };
  }

  protected createAbortSignal = (
    cancelToken: CancelToken,
  ): AbortSignal | undefined => {
    if (this.abortControllers.has(cancelToken)) {
      const abortController = this.abortControllers.get(cancelToken);
      if (abortController) {
        return abortController.signal;
      }
      return void 0;
    }

    const abortController = new AbortController();
    this.abortControllers.set(cancelToken, abortController);
    return abortController.signal;
  };

  public abortRequest = (cancelToken: CancelToken) => {
    const abortController = this.abortControllers.get(cancelToken);

    if (abortController) {
      abortController.abort();
      this.abortControllers.delete(cancelToken);
    }
  };

  public request = async <T = any, E = any>({
    body,
    secure,
    path,
    type,
    query,
    format,
    baseUrl,
    cancelToken,
    ...params
  }: FullRequestParams): Promise<HttpResponse<T, E>> => {
    const secureParams =
      ((typeof secure === "boolean" ? secure : this.baseApiParams.secure) &&
        this.securityWorker &&
        (await this.securityWorker(this.securityData))) ||
      {};
    const requestParams = this.mergeRequestParams(params, secureParams);
    const queryString = query && this.toQueryString(query);
    const payloadFormatter = this.contentFormatters[type || ContentType.Json];
    const responseFormat = format || requestParams.format;

    return this.customFetch(
      `${baseUrl || this.baseUrl || ""}${path}${queryString ? `?${queryString}` : ""}`,
      {
        ...requestParams,
        headers: {
          ...(requestParams.headers || {}),
          ...(type && type !== ContentType.FormData
            ? { "Content-Type": type }
            : {}),
        },
        signal:
          (cancelToken
            ? this.createAbortSignal(cancelToken)
            : requestParams.signal) || null,
        body:
          typeof body === "undefined" || body === null
            ? null
            : payloadFormatter(body),
      },
    ).then(async (response) => {
      const r = response as HttpResponse<T, E>;
      r.data = null as unknown as T;
      r.error = null as unknown as E;

      const responseToParse = responseFormat ? response.clone() : response;
      const data = !responseFormat
        ? r
        : await responseToParse[responseFormat]()
            .then((data) => {
              if (r.ok) {
                r.data = data;
              } else {
                r.error = data;
              }
              return r;
            })
            .catch((e) => {
              r.error = e;
              return r;
            });

      if (cancelToken) {
        this.abortControllers.delete(cancelToken);
      }

      if (!response.ok) throw data;
      return data;
    });
  };
}

/**
 * A value as one segment of a path, whatever it holds. A URL cannot hold the segments "", "." and "..": it
 * would name another path in their place, so they are refused.
 */
function segment(value: string): string {
  if (["", ".", ".."].includes(value)) {
    throw new TypeError(`"${value}" cannot be a path parameter`);
  }
  return encodeURIComponent(value);
}

/**
 * @title Game wallet
 * @version 0.1.0
 * @license MIT
 * @baseUrl /
 *
 * A double-entry wallet for game platforms: game backends credit and debit virtual currencies.
 *
 * **Amounts** are decimal: a number or a decimal string such as `"25.10"` in requests, a number in replies.
 * They have at most as many decimals as their asset and at most 15 significant digits. What has more is
 * refused, never rounded. Totals of the system are decimal strings.
 *
 * **Idempotency.** A request that moves money or places a hold carries an idempotency key, in the body or
 * in the header `Idempotency-Key`. Sent again with the same key, it moves nothing and is answered as the
 * first time, with the header `Idempotency-Replayed: true`. The same key with another request is refused. A
 * refused request leaves its key free, so it may be sent again.
 *
 * **Errors** have a `code` to act on, a `message` for people, and `retryable`: whether the same request,
 * with the same key, may pass later. An operation lists its codes in the order in which they are decided. A
 * refused request changes nothing.
 *
 * **Scopes.** Callers bring a token whose `scope` names what they may do. `wallet:spend` and `wallet:grant`
 * include `wallet:read`, `wallet:write` is both, `wallet:events` reads events, and `wallet:admin` is
 * everything. A service on your own machine asks for no token unless it was started with `AUTH=jwt` or
 * `AUTH=local`.
 *
 * **Lots.** An asset made with `"lots": true` keeps balances in lots. Credits that agree in origin, source,
 * priority, expiry and currency of their cost are one lot. Debits burn lots in the asset's order. Fields about
 * lots are refused for other assets. What a request made or burned is in `lots` of its reply.
 *
 * **Events.** `GET /api/events` tells every change in the order in which it was committed. Ask again with its
 * `nextCursor` as `after`. Nothing is skipped. After a crash of the reader or a restore of the database an
 * event may come again: its `id` is the same.
 *
 * **Pages.** A list that has more answers `nextCursor`. Send it as `cursor` for the next page; null says
 * that there is none. The history of a user says what holds of its order while others post.
 *
 * **Replies may gain fields** at any time: ignore what you do not know. Requests with unknown fields are
 * refused.
 */
export class Api<
  SecurityDataType extends unknown,
> extends HttpClient<SecurityDataType> {
  api = {
    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_NOT_EMPTY.
     *
     * @tags admin
     * @name AdminEraseAccount
     * @summary Take a person out of the ledger; books and proofs stay true
     * @request POST:/api/accounts/{userId}/erase
     * @secure
     */
    adminEraseAccount: (
      userId: string,
      data: EraseRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: EraseReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_NOT_EMPTY";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "IDEMPOTENCY_KEY_REUSED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${segment(userId)}/erase`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND.
     *
     * @tags admin
     * @name AdminFindClaim
     * @summary What an idempotency key has made: a transaction or a hold
     * @request GET:/api/ledger
     * @secure
     */
    adminFindClaim: (
      query: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /** The transaction, or the hold, that the key claimed. */
          data: ClaimReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/ledger`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND.
     *
     * @tags admin
     * @name AdminGetAccount
     * @summary A user's account
     * @request GET:/api/accounts/{userId}
     * @secure
     */
    adminGetAccount: (userId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: AccountReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${segment(userId)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: GROUP_NOT_FOUND.
     *
     * @tags admin
     * @name AdminGetGroup
     * @summary The transactions that posted together
     * @request GET:/api/groups/{groupId}
     * @secure
     */
    adminGetGroup: (groupId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: GroupReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "GROUP_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/groups/${segment(groupId)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND.
     *
     * @tags admin
     * @name AdminGetTransaction
     * @summary A transaction with its two entries
     * @request GET:/api/ledger/{transactionId}
     * @secure
     */
    adminGetTransaction: (transactionId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: TransactionReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/ledger/${segment(transactionId)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description The order is fixed, and means nothing. Needs one of the scopes `wallet:admin`.
     *
     * @tags admin
     * @name AdminListAccounts
     * @summary Accounts of users
     * @request GET:/api/accounts
     * @secure
     */
    adminListAccounts: (
      query?: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: AccountsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND.
     *
     * @tags admin
     * @name AdminListActs
     * @summary Who did what to a user's account, newest first
     * @request GET:/api/accounts/{userId}/acts
     * @secure
     */
    adminListActs: (
      userId: string,
      query?: {
        /** The nextCursor of the page before. */
        cursor?: string;
        /**
         * Acts of a page.
         * @min 1
         * @max 200
         * @default 50
         */
        limit?: number;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: ActsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${segment(userId)}/acts`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @tags admin
     * @name AdminListAssets
     * @summary Every asset
     * @request GET:/api/assets
     * @secure
     */
    adminListAssets: (params: RequestParams = {}) =>
      this.request<
        {
          data: AssetsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/assets`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @tags admin
     * @name AdminOpenAccounts
     * @summary Open up to 1000 accounts
     * @request POST:/api/accounts/batch
     * @secure
     */
    adminOpenAccounts: (
      data: OpenAccountsRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: OpenAccountsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/batch`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @tags admin
     * @name AdminPutAccount
     * @summary Open a user's account, or rename it
     * @request PUT:/api/accounts/{userId}
     * @secure
     */
    adminPutAccount: (
      userId: string,
      data: AccountRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: AccountReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${segment(userId)}`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: ASSET_SCALE_FIXED, ASSET_LOTS_FIXED, ASSET_WITHOUT_LOTS.
     *
     * @tags admin
     * @name AdminPutAsset
     * @summary Create an asset, or change its name and transferability
     * @request PUT:/api/assets/{assetCode}
     * @secure
     */
    adminPutAsset: (
      assetCode: string,
      data: AssetRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: AssetReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ASSET_SCALE_FIXED"
                | "ASSET_LOTS_FIXED"
                | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/assets/${segment(assetCode)}`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @tags admin
     * @name AdminReconciliation
     * @summary What the last reconciliation found
     * @request GET:/api/reports/reconciliation
     * @secure
     */
    adminReconciliation: (params: RequestParams = {}) =>
      this.request<
        {
          data: ReconciliationReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/reports/reconciliation`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ACCOUNT_CLOSED, ACCOUNT_NOT_EMPTY.
     *
     * @tags admin
     * @name AdminSetAccountStatus
     * @summary Freeze, close or reopen a user's account
     * @request PATCH:/api/accounts/{userId}
     * @secure
     */
    adminSetAccountStatus: (
      userId: string,
      data: AccountStatusRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: AccountReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_CLOSED" | "ACCOUNT_NOT_EMPTY";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${segment(userId)}`,
        method: "PATCH",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description With `Accept: text/csv` it is a table. Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: ASSET_NOT_FOUND.
     *
     * @tags admin
     * @name AdminStatement
     * @summary What users had of each asset at two times, and what moved it between
     * @request GET:/api/reports/statement
     * @secure
     */
    adminStatement: (
      query: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: StatementReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/reports/statement`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @tags admin
     * @name AdminTrialBalance
     * @summary Per asset the totals by type of account, and their sum: zero
     * @request GET:/api/reports/trial-balance
     * @secure
     */
    adminTrialBalance: (params: RequestParams = {}) =>
      this.request<
        {
          data: TrialBalanceReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/reports/trial-balance`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:events`, `wallet:admin`.
     *
     * @tags events
     * @name EventsList
     * @summary Every change in the order in which it was committed, from any place on
     * @request GET:/api/events
     * @secure
     */
    eventsList: (
      query?: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: EventsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/events`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, HOLD_CAPTURED, HOLD_VOIDED, HOLD_EXPIRED, CAPTURE_EXCEEDS_HOLD, INSUFFICIENT_FUNDS.
     *
     * @tags holds
     * @name HoldsCapture
     * @summary Spend a hold, in part or whole, as a purchase
     * @request POST:/api/holds/{holdId}/capture
     * @secure
     */
    holdsCapture: (
      holdId: string,
      data: CaptureRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: CaptureReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "HOLD_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "HOLD_CAPTURED"
                | "HOLD_VOIDED"
                | "HOLD_EXPIRED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "CAPTURE_EXCEEDS_HOLD"
                | "INSUFFICIENT_FUNDS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds/${segment(holdId)}/capture`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND.
     *
     * @tags holds
     * @name HoldsGet
     * @summary A hold as it stands now
     * @request GET:/api/holds/{holdId}
     * @secure
     */
    holdsGet: (holdId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: HoldReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "HOLD_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds/${segment(holdId)}`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @tags holds
     * @name HoldsList
     * @summary Holds of a user, newest first
     * @request GET:/api/accounts/{userId}/holds
     * @secure
     */
    holdsList: (
      userId: string,
      query?: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: HoldsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/accounts/${segment(userId)}/holds`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, INSUFFICIENT_FUNDS.
     *
     * @tags holds
     * @name HoldsPlace
     * @summary Reserve funds of a user for a time
     * @request POST:/api/holds
     * @secure
     */
    holdsPlace: (data: HoldRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: PlacedHoldReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "INSUFFICIENT_FUNDS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: HOLD_NOT_FOUND, HOLD_CAPTURED, HOLD_EXPIRED.
     *
     * @tags holds
     * @name HoldsVoid
     * @summary Give a hold up
     * @request POST:/api/holds/{holdId}/void
     * @secure
     */
    holdsVoid: (
      holdId: string,
      data: VoidRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: HoldReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "HOLD_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "HOLD_CAPTURED" | "HOLD_EXPIRED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/holds/${segment(holdId)}/void`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: PROOF_PENDING.
     *
     * @tags proofs
     * @name ProofsConsistency
     * @summary That a checkpoint has all that an earlier one had, unchanged
     * @request GET:/api/checkpoints/{number}/consistency
     * @secure
     */
    proofsConsistency: (
      number: string,
      query: {
        /**
         * The earlier checkpoint.
         * @pattern ^[1-9][0-9]{0,14}$
         * @example "1"
         */
        since: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: ConsistencyReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "PROOF_PENDING";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/checkpoints/${segment(number)}/consistency`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, PROOF_PENDING.
     *
     * @tags proofs
     * @name ProofsGet
     * @summary That a transaction is in a checkpoint as it was posted
     * @request GET:/api/ledger/{transactionId}/proof
     * @secure
     */
    proofsGet: (transactionId: string, params: RequestParams = {}) =>
      this.request<
        {
          data: ProofReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ROUTE_NOT_FOUND"
                | "TRANSACTION_NOT_FOUND"
                | "PROOF_PENDING";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/ledger/${segment(transactionId)}/proof`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`.
     *
     * @tags proofs
     * @name ProofsList
     * @summary What was signed of the ledger: the last checkpoints, or those after one
     * @request GET:/api/checkpoints
     * @secure
     */
    proofsList: (
      query?: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: CheckpointsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/checkpoints`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: SUBSCRIBER_NOT_FOUND.
     *
     * @tags subscribers
     * @name SubscribersDelete
     * @summary Forget a subscriber; the reply has it as it was
     * @request DELETE:/api/subscribers/{name}
     * @secure
     */
    subscribersDelete: (name: string, params: RequestParams = {}) =>
      this.request<
        {
          data: SubscriberReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "SUBSCRIBER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/subscribers/${segment(name)}`,
        method: "DELETE",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: SUBSCRIBER_NOT_FOUND.
     *
     * @tags subscribers
     * @name SubscribersDeliveries
     * @summary The last 100 attempts to tell a subscriber, newest first
     * @request GET:/api/subscribers/{name}/deliveries
     * @secure
     */
    subscribersDeliveries: (name: string, params: RequestParams = {}) =>
      this.request<
        {
          data: DeliveriesReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "SUBSCRIBER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/subscribers/${segment(name)}/deliveries`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`.
     *
     * @tags subscribers
     * @name SubscribersList
     * @summary Every subscriber, with its place, its lag and its last error
     * @request GET:/api/subscribers
     * @secure
     */
    subscribersList: (params: RequestParams = {}) =>
      this.request<
        {
          data: SubscribersReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/subscribers`,
        method: "GET",
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`.
     *
     * @tags subscribers
     * @name SubscribersPut
     * @summary Make a subscriber, which is told every change from now on, or change one
     * @request PUT:/api/subscribers/{name}
     * @secure
     */
    subscribersPut: (
      name: string,
      data: SubscriberRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: PutSubscriberReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/subscribers/${segment(name)}`,
        method: "PUT",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: SUBSCRIBER_NOT_FOUND.
     *
     * @tags subscribers
     * @name SubscribersReplay
     * @summary Tell a subscriber again what was committed after a cursor
     * @request POST:/api/subscribers/{name}/replay
     * @secure
     */
    subscribersReplay: (
      name: string,
      data: ReplayRequest,
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: SubscriberReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "SUBSCRIBER_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/subscribers/${segment(name)}/replay`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Works on frozen accounts, too. The other side is the system account of adjustments. Needs one of the scopes `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, PAID_CREDITS_DO_NOT_EXPIRE, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
     *
     * @tags wallet
     * @name WalletAdjustment
     * @summary Correct a user's balance
     * @request POST:/api/transactions/adjustment
     * @secure
     */
    walletAdjustment: (data: AdjustmentRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: AdjustmentReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ROUTE_NOT_FOUND"
                | "USER_NOT_FOUND"
                | "ASSET_NOT_FOUND"
                | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_CLOSED" | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "PAID_CREDITS_DO_NOT_EXPIRE"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/adjustment`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @tags wallet
     * @name WalletBalance
     * @summary Balances of a user, now or at a time
     * @request GET:/api/balance/{userId}
     * @secure
     */
    walletBalance: (
      userId: string,
      query?: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: BalanceReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/balance/${segment(userId)}`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_NOT_TRANSFERABLE, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, SAME_ACCOUNT, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS, PAID_CREDITS_DO_NOT_EXPIRE.
     *
     * @tags wallet
     * @name WalletBatch
     * @summary Post up to 1000 transactions together
     * @request POST:/api/transactions/batch
     * @secure
     */
    walletBatch: (data: BatchRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: BatchReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "ASSET_NOT_TRANSFERABLE"
                | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "SAME_ACCOUNT"
                | "PAID_CREDITS_DO_NOT_EXPIRE"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/batch`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, PAID_CREDITS_DO_NOT_EXPIRE, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
     *
     * @tags wallet
     * @name WalletBonus
     * @summary Credit what the system gives for free
     * @request POST:/api/transactions/bonus
     * @secure
     */
    walletBonus: (data: BonusRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: BonusReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_CLOSED" | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "PAID_CREDITS_DO_NOT_EXPIRE"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/bonus`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, INSUFFICIENT_FUNDS, PAID_CREDITS_DO_NOT_EXPIRE, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
     *
     * @tags wallet
     * @name WalletExchange
     * @summary Exchange one asset of a user for another
     * @request POST:/api/transactions/exchange
     * @secure
     */
    walletExchange: (data: ExchangeRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: ExchangeReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "PAID_CREDITS_DO_NOT_EXPIRE"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/exchange`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Within one asset of one user, timestamps rise in the order in which the transactions were committed. So who polls one asset with `from` set to the newest timestamp seen misses nothing: the newest row comes again, and its id tells. Across assets a row may appear with a timestamp up to ten seconds older than rows already shown: that is how long a statement may take here. Who polls all assets asks again from ten seconds before the newest timestamp seen, and drops the ids that it has seen. Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @tags wallet
     * @name WalletHistory
     * @summary Transactions of a user, newest first
     * @request GET:/api/transactions/{userId}
     * @secure
     */
    walletHistory: (
      userId: string,
      query?: {
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
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          data: HistoryReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/${segment(userId)}`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:read`, `wallet:spend`, `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND.
     *
     * @tags wallet
     * @name WalletLots
     * @summary Live lots of a user, in the order in which they burn
     * @request GET:/api/lots/{userId}
     * @secure
     */
    walletLots: (
      userId: string,
      query?: {
        /**
         * Asks for this asset alone.
         * @pattern ^[A-Z0-9_]{1,32}$
         */
        assetCode?: string;
      },
      params: RequestParams = {},
    ) =>
      this.request<
        {
          /** Live lots, in the order in which they burn. */
          data: LotsReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/lots/${segment(userId)}`,
        method: "GET",
        query: query,
        secure: true,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, INSUFFICIENT_FUNDS.
     *
     * @tags wallet
     * @name WalletPurchase
     * @summary Debit what a user spends
     * @request POST:/api/transactions/purchase
     * @secure
     */
    walletPurchase: (data: PurchaseRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: PurchaseReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "INSUFFICIENT_FUNDS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/purchase`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, AMOUNT_PRECISION, NOT_REFUNDABLE, REFUND_EXCEEDS_ORIGINAL, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
     *
     * @tags wallet
     * @name WalletRefund
     * @summary Give a purchase back, in part or whole
     * @request POST:/api/transactions/refund
     * @secure
     */
    walletRefund: (data: RefundRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: RefundReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "NOT_REFUNDABLE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "REFUND_EXCEEDS_ORIGINAL"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/refund`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: TRANSACTION_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, NOT_REVERSIBLE, ALREADY_REVERSED, REFUND_EXCEEDS_ORIGINAL, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED.
     *
     * @tags wallet
     * @name WalletReversal
     * @summary Take a top-up or bonus back
     * @request POST:/api/transactions/reversal
     * @secure
     */
    walletReversal: (data: ReversalRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: ReversalReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "TRANSACTION_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "ASSET_WITHOUT_LOTS"
                | "NOT_REVERSIBLE"
                | "ALREADY_REVERSED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "REFUND_EXCEEDS_ORIGINAL"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/reversal`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:grant`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_CLOSED, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, PAID_CREDITS_DO_NOT_EXPIRE, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
     *
     * @tags wallet
     * @name WalletTopup
     * @summary Credit what a user bought with real money
     * @request POST:/api/transactions/topup
     * @secure
     */
    walletTopup: (data: TopupRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: TopupReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ACCOUNT_CLOSED" | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "PAID_CREDITS_DO_NOT_EXPIRE"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/topup`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),

    /**
     * @description Needs one of the scopes `wallet:spend`, `wallet:write`, `wallet:admin`. Refusals of its own, in the order in which they are decided: USER_NOT_FOUND, ASSET_NOT_FOUND, IDEMPOTENCY_KEY_REUSED, ACCOUNT_FROZEN, ACCOUNT_CLOSED, ASSET_NOT_TRANSFERABLE, ASSET_WITHOUT_LOTS, AMOUNT_PRECISION, SAME_ACCOUNT, INSUFFICIENT_FUNDS, BALANCE_LIMIT_EXCEEDED, TOO_MANY_LOTS.
     *
     * @tags wallet
     * @name WalletTransfer
     * @summary Move between users an asset that was made transferable
     * @request POST:/api/transactions/transfer
     * @secure
     */
    walletTransfer: (data: TransferRequest, params: RequestParams = {}) =>
      this.request<
        {
          data: TransferReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNAUTHENTICATED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "FORBIDDEN";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND" | "USER_NOT_FOUND" | "ASSET_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "ACCOUNT_FROZEN"
                | "ACCOUNT_CLOSED"
                | "ASSET_NOT_TRANSFERABLE"
                | "ASSET_WITHOUT_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code:
                | "IDEMPOTENCY_KEY_REUSED"
                | "AMOUNT_PRECISION"
                | "SAME_ACCOUNT"
                | "INSUFFICIENT_FUNDS"
                | "BALANCE_LIMIT_EXCEEDED"
                | "TOO_MANY_LOTS";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "CONTENTION" | "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/api/transactions/transfer`,
        method: "POST",
        body: data,
        secure: true,
        type: ContentType.Json,
        format: "json",
        ...params,
      }),
  };
  health = {
    /**
     * @description Needs no token.
     *
     * @tags system
     * @name SystemHealth
     * @summary Whether the service and its database answer
     * @request GET:/health
     */
    systemHealth: (params: RequestParams = {}) =>
      this.request<
        {
          data: HealthReply;
          success: true;
        },
        | (ErrorReply & {
            error: {
              code: "MALFORMED_JSON" | "VALIDATION_ERROR";
            };
          })
        | (ErrorReply & {
            error: {
              code: "ROUTE_NOT_FOUND";
            };
          })
        | (ErrorReply & {
            error: {
              code: "PAYLOAD_TOO_LARGE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "UNSUPPORTED_MEDIA_TYPE";
            };
          })
        | (ErrorReply & {
            error: {
              code: "RATE_LIMITED";
            };
          })
        | (ErrorReply & {
            error: {
              code: "INTERNAL";
            };
          })
        | (ErrorReply & {
            error: {
              code: "DATABASE_UNAVAILABLE";
            };
          })
      >({
        path: `/health`,
        method: "GET",
        format: "json",
        ...params,
      }),
  };
}
