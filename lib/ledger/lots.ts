import { canonicalAmount, type DecimalText } from '../base/money';

/** What a request says of the lot that its credit makes. */
export interface CreditedLot {
  origin?: 'paid' | 'free' | undefined;
  source?: string | undefined;
  priority?: number | undefined;
  expiresAt?: Date | undefined;
  expiresInSeconds?: number | undefined;
  cost?: { amount: DecimalText; currency: string } | undefined;
}

/** Which lots a debit may burn; absent: any. */
export interface BurnedLots {
  origin?: 'paid' | 'free' | undefined;
  sources?: string[] | undefined;
  lotId?: string | undefined;
}

/** As SQL is told of them (sql/functions/make_lot.sql and take_lots.sql): equal for equal content. */
export type LotSpec = Record<string, unknown>;

/** Undefined of a request that says nothing of lots. */
export function creditedLot(request: CreditedLot): LotSpec | undefined {
  const { origin, source, priority, expiresAt, expiresInSeconds, cost } = request;
  return said({
    origin,
    source,
    priority,
    expiresAt: expiresAt?.toISOString(),
    expiresInSeconds,
    cost: cost && { amount: canonicalAmount(cost.amount), currency: cost.currency },
  });
}

export function burnedLots(only: BurnedLots | undefined): LotSpec | undefined {
  return only && said({ ...only });
}

function said(spec: LotSpec): LotSpec | undefined {
  return Object.values(spec).some((value) => value !== undefined) ? spec : undefined;
}
