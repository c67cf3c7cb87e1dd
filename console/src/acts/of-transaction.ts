import type { HoldReply, ReversalRequest, TransactionReply, WalletClient } from '@game-wallet/client';
import { moneyText } from '../ui/amount';
import { type Act, type Field, lotText, type Outcome, posting, REASON } from './act';

const PART: Field = {
  name: 'amount',
  label: 'Amount',
  kind: 'amount',
  isOptional: true,
  description: 'Empty: all that is left.',
};

const refund = (transactionId: string): Act => ({
  title: 'Refund',
  on: transactionId,
  need: 'grant',
  about: 'Gives the purchase back, with the lots that it burned.',
  fields: [REASON, PART],
  ...posting(
    () => 'Gives back',
    ({ wallet, values: { reason, amount }, idempotencyKey }, dryRun) =>
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
  on: transactionId,
  need: 'grant',
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
  ...posting(
    () => 'Takes back',
    ({ wallet, values, idempotencyKey }, dryRun) => {
      const { reason = '', amount, onInsufficientFunds } = values;
      return wallet.reversal({
        transactionId,
        reason,
        idempotencyKey,
        onInsufficientFunds: onInsufficientFunds as NonNullable<ReversalRequest['onInsufficientFunds']>,
        ...(amount && { amount }),
        ...dryRun,
      });
    },
  ),
});

/** What may be done to a transaction, by its kind. */
export function actOn({ id, typeCode }: TransactionReply): Act | undefined {
  switch (typeCode) {
    case 'PURCHASE':
      return refund(id);
    case 'TOP_UP':
    case 'BONUS':
      return reverse(id);
    default:
      return undefined;
  }
}

const holdFacts = ({ userId, amount, assetCode, status }: HoldReply): Outcome['facts'] => [
  ['Player', userId],
  ['Gives up', moneyText(amount, assetCode)],
  ['Status afterwards', status],
];

export const voidHold = ({ holdId, userId, assetCode }: HoldReply): Act => ({
  title: 'Void',
  on: holdId,
  about:
    'Gives up the hold. What it reserved is available again. What has expired meanwhile is not: it is ' +
    'booked as expired. The service keeps no reason for it.',
  need: 'spend',
  fields: [],
  preview: async ({ wallet }) => ({
    facts: [
      ...holdFacts(await wallet.holds.void(holdId, { dryRun: true })),
      ['Held, and expired meanwhile', await expiredOf(wallet, userId, assetCode)],
    ],
  }),
  perform: async ({ wallet }) => ({ facts: holdFacts(await wallet.holds.void(holdId)) }),
});

/** Lots whose time is over, and which only a hold keeps. */
async function expiredOf(wallet: WalletClient, userId: string, assetCode: string): Promise<string> {
  const { lots } = await wallet.lots(userId, { assetCode });
  const now = new Date().toISOString();
  return lots
    .filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)
    .map((lot) => lotText(lot, assetCode))
    .join('; ');
}
