import type { AdjustmentRequest, BonusRequest } from '@game-wallet/client';
import { toWire } from '../ui/time';
import { type Act, type Field, posting, REASON, type Values } from './act';

const ASSET = { name: 'assetCode', label: 'Asset', kind: 'asset' } as const;
const AMOUNT = { name: 'amount', label: 'Amount', kind: 'amount' } as const;

/** What a credit of an asset with lots may say of its lot. */
const LOT: Field[] = [
  {
    name: 'origin',
    label: 'Origin',
    kind: 'choice',
    isOptional: true,
    description: 'This and the next two: of an asset with lots alone.',
    choices: [
      { value: '', label: 'Free, as the service does by itself' },
      { value: 'free', label: 'Free' },
      { value: 'paid', label: 'Paid' },
    ],
  },
  { name: 'source', label: 'Source', kind: 'text', isOptional: true },
  { name: 'expiresAt', label: 'Expires', kind: 'time', isOptional: true },
];

function lotOf({
  origin,
  source,
  expiresAt = '',
}: Values): Pick<BonusRequest, 'origin' | 'source' | 'expiresAt'> {
  const expiry = toWire(expiresAt);
  return {
    ...(origin && { origin: origin as NonNullable<BonusRequest['origin']> }),
    ...(source && { source }),
    ...(expiry && { expiresAt: expiry }),
  };
}

export const grant = (userId: string): Act => ({
  title: 'Grant a bonus',
  on: userId,
  about: 'Credits what the system gives for free.',
  need: 'grant',
  fields: [ASSET, AMOUNT, REASON, ...LOT],
  ...posting(
    () => 'Gives',
    ({ wallet, values, idempotencyKey }, dryRun) => {
      const { assetCode = '', amount = '', reason } = values;
      const metadata = { reason };
      return wallet.bonus({
        userId,
        assetCode,
        amount,
        idempotencyKey,
        metadata,
        ...lotOf(values),
        ...dryRun,
      });
    },
  ),
});

const isCredit = ({ direction }: Values): boolean => direction === 'credit';

export const adjust = (userId: string): Act => ({
  title: 'Adjust',
  on: userId,
  about: 'Corrects the balance, also of a frozen account. The other side is the account of adjustments.',
  need: 'admin',
  fields: [
    {
      name: 'direction',
      label: 'Direction',
      kind: 'choice',
      choices: [
        { value: 'credit', label: 'Credit: the balance rises' },
        { value: 'debit', label: 'Debit: the balance falls' },
      ],
    },
    ASSET,
    AMOUNT,
    REASON,
    {
      name: 'transactionId',
      label: 'Transaction that this corrects',
      kind: 'text',
      isOptional: true,
    },
    ...LOT.map((field) => ({ ...field, isFor: isCredit })),
    {
      name: 'lotId',
      label: 'Lot that this takes from',
      kind: 'text',
      isOptional: true,
      description: 'Its id. Empty: in the order in which lots burn.',
      isFor: (values) => !isCredit(values),
    },
  ],
  ...posting(
    (values) => (isCredit(values) ? 'Adds' : 'Takes'),
    ({ wallet, values, idempotencyKey }, dryRun) => {
      const { direction, assetCode = '', amount = '', reason = '', transactionId, lotId } = values;
      return wallet.adjustment({
        userId,
        assetCode,
        amount,
        reason,
        idempotencyKey,
        direction: direction as AdjustmentRequest['direction'],
        ...(transactionId && { transactionId }),
        ...(lotId && { lotId }),
        ...lotOf(values),
        ...dryRun,
      });
    },
  ),
});
