import type { AdjustmentRequest } from '@game-wallet/client';
import { amountText } from '../ui/amount';
import { toWire } from '../ui/time';
import { type Act, type ActCall, type Outcome, posting, REASON } from './act';

const ASSET = { name: 'assetCode', label: 'Asset', kind: 'asset' } as const;
const AMOUNT = { name: 'amount', label: 'Amount', kind: 'amount' } as const;

export const grant = (userId: string): Act => ({
  title: 'Grant a bonus',
  about: 'Credits what the system gives for free.',
  fields: [
    ASSET,
    AMOUNT,
    REASON,
    {
      name: 'expiresAt',
      label: 'Expires',
      kind: 'time',
      isOptional: true,
      description: 'Of an asset with lots alone.',
    },
  ],
  ...posting('Gives', ({ wallet, values, idempotencyKey }, dryRun) => {
    const { assetCode = '', amount = '', reason, expiresAt = '' } = values;
    const expiry = toWire(expiresAt);
    return wallet.bonus({
      userId,
      assetCode,
      amount,
      idempotencyKey,
      metadata: { reason },
      ...(expiry && { expiresAt: expiry }),
      ...dryRun,
    });
  }),
});

export const adjust = (userId: string): Act => ({
  title: 'Adjust',
  about: 'Corrects the balance, also of a frozen account. The other side is the account of adjustments.',
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
  ],
  ...posting('Adjusts by', ({ wallet, values, idempotencyKey }, dryRun) => {
    const { direction, assetCode = '', amount = '', reason = '', transactionId } = values;
    return wallet.adjustment({
      userId,
      assetCode,
      amount,
      reason,
      idempotencyKey,
      direction: direction as AdjustmentRequest['direction'],
      ...(transactionId && { transactionId }),
      ...dryRun,
    });
  }),
});

/** The API has no dry run of a status: what it means is said in words. */
function statusAct(userId: string, status: 'active' | 'frozen', effect: string) {
  return {
    preview: async ({ wallet }: ActCall): Promise<Outcome> => ({
      facts: [
        ['Player', userId],
        ['Status now', (await wallet.accounts.get(userId)).status],
        ['Status afterwards', status],
        ['What that means', effect],
      ],
    }),
    perform: async ({ wallet, values: { reason = '' } }: ActCall): Promise<Outcome> => {
      const changed = await wallet.accounts.setStatus(userId, { status, reason });
      return {
        facts: [
          ['Player', userId],
          ['Status', changed.status],
        ],
      };
    },
  };
}

export const freeze = (userId: string): Act => ({
  title: 'Freeze',
  about: 'Stops the player from paying.',
  isGrave: true,
  fields: [REASON],
  ...statusAct(userId, 'frozen', 'The player pays nothing and holds nothing. Credits still pass.'),
});

export const unfreeze = (userId: string): Act => ({
  title: 'Unfreeze',
  about: 'Lets the player pay again.',
  fields: [REASON],
  ...statusAct(userId, 'active', 'The player pays and holds as before.'),
});

export const reopen = (userId: string): Act => ({
  title: 'Reopen',
  about: 'Lets the closed account be used again.',
  fields: [REASON],
  ...statusAct(userId, 'active', 'The player takes credits, pays and holds again.'),
});

export const erase = (userId: string): Act => ({
  title: 'Erase',
  about: 'Takes the person out of the ledger. Nobody can undo this.',
  isGrave: true,
  fields: [
    REASON,
    { name: 'forfeit', label: 'Forfeit what is left: book it as expired', kind: 'check' },
    { name: 'userId', label: 'The userId, once more', kind: 'text' },
  ],
  preview: async ({ wallet, values }) => {
    if (values.userId !== userId) {
      throw new Error(`Write the userId as it is: ${userId}`);
    }
    const { balances } = await wallet.balance(userId);
    const left = balances.map(({ balance, assetCode }) => `${amountText(balance)} ${assetCode}`).join(', ');
    return {
      facts: [
        ['Player', userId],
        ['Balances now', left || 'none'],
        [
          'With these',
          values.forfeit ? 'They are booked as expired.' : 'Unless all are zero, the service refuses.',
        ],
        ['What leaves', 'Name, userId, metadata, keys and reasons of this person. The userId is free again.'],
        ['What stays', 'Entries without the person, statements, and proofs, which stay true.'],
      ],
    };
  },
  perform: async ({ wallet, values, idempotencyKey }) => {
    const { reason = '', forfeit } = values;
    const { erasedAt } = await wallet.accounts.erase(userId, {
      reason,
      idempotencyKey,
      forfeit: forfeit === 'true',
    });
    return { facts: [['Erased at', erasedAt]] };
  },
});
