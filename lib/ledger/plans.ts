import { type AccountHandle, chart, type Metadata, type SystemAccount, type TransactionType } from './chart';
import type { Posting } from './posting';

/** What a user asked to be moved. `amount` is decimal text. */
export interface UserRequest {
  userId: string;
  assetCode: string;
  amount: string;
  metadata?: Metadata | undefined;
}

export type Plan = (request: UserRequest) => Posting;

/** Treasury to user: credits bought with real money. */
export const topup: Plan = (request) => planOf('TOP_UP', request);

/** Bonus pool to user: credits given for free. */
export const bonus: Plan = (request) => planOf('BONUS', request);

/** User to revenue: credits spent. */
export const purchase: Plan = (request) => planOf('PURCHASE', request);

function planOf(type: TransactionType, { userId, assetCode, amount, metadata }: UserRequest): Posting {
  const handle = (side: SystemAccount | 'user'): AccountHandle => (side === 'user' ? userId : side);
  return { type, debit: handle(chart[type].debit), credit: handle(chart[type].credit), assetCode, amount, metadata };
}
