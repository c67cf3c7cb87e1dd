import type { HoldReply, ReversalRequest, TransactionReply } from '@game-wallet/client';
import { moneyText } from '../ui/amount';
import { type Act, type Field, type Outcome, posting, REASON } from './act';

const PART: Field = {
  name: 'amount',
  label: 'Amount',
  kind: 'amount',
  isOptional: true,
  description: 'Empty: all that is left.',
};

const refund = (transactionId: string): Act => ({
  title: 'Refund',
  about: 'Gives the purchase back, with the lots that it burned.',
  fields: [REASON, PART],
  ...posting('Gives back', ({ wallet, values: { reason, amount }, idempotencyKey }, dryRun) =>
    wallet.refund({
      transactionId,
      idempotencyKey,
      metadata: { reason },
      ...(amount && { amount }),
      ...dryRun,
    }),
  ),
});

const reverse = (transactionId: string): Act => ({
  title: 'Reverse',
  about: 'Takes the credit back.',
  isGrave: true,
  fields: [
    REASON,
    PART,
    {
      name: 'onInsufficientFunds',
      label: 'When the player has spent it',
      kind: 'choice',
      choices: [
        { value: 'reject', label: 'Refuse' },
        { value: 'take-what-is-left', label: 'Take what is left (assets with lots)' },
        { value: 'allow-negative', label: 'Let the balance go below zero' },
      ],
    },
  ],
  ...posting('Takes back', ({ wallet, values, idempotencyKey }, dryRun) => {
    const { reason = '', amount, onInsufficientFunds } = values;
    return wallet.reversal({
      transactionId,
      reason,
      idempotencyKey,
      onInsufficientFunds: onInsufficientFunds as NonNullable<ReversalRequest['onInsufficientFunds']>,
      ...(amount && { amount }),
      ...dryRun,
    });
  }),
});

/** What may be done to a transaction, by its kind. */
export function actsOn({ id, typeCode }: TransactionReply): Act[] {
  switch (typeCode) {
    case 'PURCHASE':
      return [refund(id)];
    case 'TOP_UP':
    case 'BONUS':
      return [reverse(id)];
    default:
      return [];
  }
}

const holdOutcome = (hold: HoldReply): Outcome => ({
  facts: [
    ['Player', hold.userId],
    ['Gives up', moneyText(hold.amount, hold.assetCode)],
    ['Status afterwards', hold.status],
  ],
});

export const voidHold = ({ holdId }: HoldReply): Act => ({
  title: 'Void',
  about: 'Gives the hold up: what it reserved is available again. The service keeps no reason for it.',
  fields: [],
  preview: async ({ wallet }) => holdOutcome(await wallet.holds.void(holdId, { dryRun: true })),
  perform: async ({ wallet }) => holdOutcome(await wallet.holds.void(holdId)),
});
