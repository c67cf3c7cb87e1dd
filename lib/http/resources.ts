import type * as z from 'zod';
import type {
  CaptureHoldRow,
  LotOrigin,
  ReadActsRow,
  ReadDeliveriesRow,
  ReadEventsRow,
  ReadStatementRow,
  ReadTransactionRow,
  UndoTransactionRow,
} from '../../generated/functions';
import { amountToNumber } from '../base/money';
import { type accountReply, actName } from '../contract/accounts';
import type { assetReply } from '../contract/assets';
import { eventType, type WalletEvent } from '../contract/events';
import type { holdReply } from '../contract/holds';
import type { LotPiece } from '../contract/lots';
import type { transactionReply } from '../contract/reports';
import type { assetStatement } from '../contract/statement';
import type { subscriberReply } from '../contract/subscribers';

/** What SQL says of a resource, in the fields of its reply, whose schema checks it. */
interface Described {
  data: Record<string, unknown>;
}

export const accountData = ({ data }: Described) => data as z.input<typeof accountReply>;
export const assetData = ({ data }: Described) => data as z.input<typeof assetReply>;
export const subscriberData = ({ data }: Described) => data as z.input<typeof subscriberReply>;
export const holdData = ({ data }: Described) => data as z.input<typeof holdReply>;

export function statementData({ asset_code: assetCode, totals, paid, free, movements }: ReadStatementRow) {
  const parts = paid === null ? {} : { paid, free };
  return { assetCode, ...totals, ...parts, movements } as unknown as z.input<typeof assetStatement>;
}

export function transactionData({ data, spent, unspent }: ReadTransactionRow) {
  return {
    ...postedData(data),
    ...(spent !== null && { spent: amountToNumber(spent) }),
    ...(unspent !== null && { unspent: amountToNumber(unspent) }),
  };
}

/** Without what became of it since. */
function postedData({ lots, ...data }: Described['data']) {
  return { ...data, ...lotsData(lots) } as z.input<typeof transactionReply>;
}

/** An event; undefined of a type that was not asked for. */
export function eventData({ id, type, created_at, cursor, data }: ReadEventsRow, source: string) {
  if (data === null) {
    return undefined;
  }
  const about = type === 'wallet.transaction.posted' ? postedData(data) : data;
  const subject = playersOf(about)[0];
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time: created_at.toISOString(),
    ...(subject !== undefined && { subject }),
    sequence: cursor,
    datacontenttype: 'application/json',
    data: about,
  } as WalletEvent;
}

/** The players that the data of an event are about: both of a transfer between two, the payer first. */
export function playersOf(data: Described['data']): string[] {
  if ('userId' in data) {
    return [data.userId as string];
  }
  const entries = (data.entries ?? []) as { account: string; accountType: string }[];
  return entries.filter(({ accountType }) => accountType === 'user').map(({ account }) => account);
}

export function deliveryData({ event_id, type, status, error, created_at }: ReadDeliveriesRow) {
  return {
    eventId: event_id,
    type: eventType.parse(type),
    status,
    error,
    timestamp: created_at.toISOString(),
  };
}

/** A piece of a lot, as PostgreSQL writes one as JSON. */
interface LotRow {
  id: string;
  origin: LotOrigin;
  source: string | null;
  priority: number;
  expires_at: string | null;
  amount: number;
  cost: number | null;
  currency: string | null;
}

/** The lots of a row, which the schema of the reply checks; of an asset without lots nothing. */
export function lotsData(rows: unknown): { lots?: LotPiece[] } {
  return rows === null ? {} : { lots: (rows as LotRow[]).map(pieceData) };
}

function pieceData(row: LotRow): LotPiece {
  const { id: lotId, origin, source, priority, expires_at: at, amount, cost, currency } = row;
  const expiresAt = at && new Date(at).toISOString();
  const piece = { lotId, origin, source, priority, expiresAt, amount };
  return cost === null || currency === null ? piece : { ...piece, cost: { amount: cost, currency } };
}

export function actData({ act, principal, reason, before, after, created_at }: ReadActsRow) {
  return { act: actName.parse(act), principal, reason, before, after, timestamp: created_at.toISOString() };
}

export function settledData(row: UndoTransactionRow | CaptureHoldRow) {
  return {
    transactionId: row.transaction_id,
    userId: row.user_id,
    assetCode: row.asset_code,
    amount: amountToNumber(row.amount),
    newBalance: amountToNumber(row.balance),
    timestamp: row.created_at.toISOString(),
    ...lotsData(row.lots),
  };
}
