import { amountToNumber, type DecimalText } from '../base/money';
import { type Metadata, textOrNull } from '../ledger/chart';
import { bonus, purchase, type TransferRequest, topup, transfer, type UserRequest } from '../ledger/plans';
import type { Posted, Posting } from '../ledger/posting';

/** How a kind of posting is planned and told, alone or in a batch. */
export interface PostingKind {
  // biome-ignore lint/suspicious/noExplicitAny: the request that the kind's own schema made.
  plan: (request: any) => Posting;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  tell: (request: any, posted: Posted) => Record<string, unknown>;
}

/** By the name that a batch gives them. */
export const postingKinds = {
  topup: { plan: topup, tell: (request: UserRequest, posted) => ofUser(request, posted, posted.creditBalance) },
  bonus: {
    plan: bonus,
    tell: (request: UserRequest, posted) => ({
      ...ofUser(request, posted, posted.creditBalance),
      reason: fromMetadata(request.metadata, 'reason'),
    }),
  },
  purchase: {
    plan: purchase,
    tell: (request: UserRequest, posted) => ({
      ...ofUser(request, posted, posted.debitBalance),
      item: fromMetadata(request.metadata, 'itemName'),
    }),
  },
  transfer: {
    plan: transfer,
    tell: ({ fromUserId, toUserId, ...request }: TransferRequest, posted) => ({
      ...moved(request, posted, posted.debitBalance),
      fromUserId,
      toUserId,
    }),
  },
} satisfies Record<string, PostingKind>;

function ofUser(request: UserRequest, posted: Posted, balance: DecimalText) {
  return { ...moved(request, posted, balance), userId: request.userId };
}

function moved({ assetCode, amount }: { assetCode: string; amount: DecimalText }, posted: Posted, balance: DecimalText) {
  return {
    transactionId: posted.transactionId,
    assetCode,
    amount: amountToNumber(amount),
    newBalance: amountToNumber(balance),
    timestamp: posted.createdAt,
  };
}

function fromMetadata(metadata: Metadata | undefined, name: string): string | null {
  return textOrNull(metadata?.[name]);
}
