import { amountToNumber, type DecimalText } from '../base/money';
import type { Transferred } from '../db/postings';
import { type Kind, textOrNull } from '../ledger/chart';
import { plain, type TransferRequest, type UserRequest } from '../ledger/plans';
import type { Posted, Posting } from '../ledger/posting';
import { lotsData } from './resources';

/**
 * A kind that flows one way between a player and the system: how it is planned, and what its reply says,
 * alone or in a batch.
 */
export interface PlainKind {
  plan: (request: UserRequest) => Posting;
  tell: (request: UserRequest, posted: Posted) => ReturnType<typeof moved> & { userId: string };
}

/** `read`: what the reply says of the request's metadata. */
export function plainKind(
  kind: Kind,
  side: 'debitBalance' | 'creditBalance',
  read: (textOf: (name: string) => string | null) => Record<string, string | null> = () => ({}),
): PlainKind {
  return {
    plan: (request) => plain(kind, request),
    tell: (request, posted) => ({
      ...moved(request, { ...posted, balance: posted[side] }),
      userId: request.userId,
      ...read((name) => textOrNull(request.metadata?.[name])),
    }),
  };
}

/** By the name that a batch gives them. */
export const plainKinds = {
  topup: plainKind('TOP_UP', 'creditBalance'),
  bonus: plainKind('BONUS', 'creditBalance', (textOf) => ({ reason: textOf('reason') })),
  purchase: plainKind('PURCHASE', 'debitBalance', (textOf) => ({ item: textOf('itemName') })),
  opening: plainKind('OPENING_BALANCE', 'creditBalance'),
};

export function transferData({ fromUserId, toUserId, ...request }: TransferRequest, posted: Transferred) {
  return { ...moved(request, posted), fromUserId, toUserId, groupId: posted.groupId };
}

/** What every reply to a posting says. */
function moved(
  { assetCode, amount }: { assetCode: string; amount: DecimalText },
  {
    transactionId,
    balance,
    createdAt,
    lots,
  }: { transactionId: string; balance: DecimalText; createdAt: string; lots: unknown },
) {
  return {
    transactionId,
    assetCode,
    amount: amountToNumber(amount),
    newBalance: amountToNumber(balance),
    timestamp: createdAt,
    ...lotsData(lots),
  };
}
