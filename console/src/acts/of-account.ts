import type { WalletClient } from '@game-wallet/client';
import { moneyText } from '../ui/amount';
import { timeText } from '../ui/time';
import { type Act, type ActCall, type Outcome, REASON } from './act';

export const rename = (userId: string): Act => ({
  title: 'Rename',
  on: userId,
  about: 'Changes the name that people read. The userId stays.',
  need: 'write',
  fields: [{ name: 'name', label: 'Name', kind: 'text' }, REASON],
  preview: async ({ wallet, values }) => ({
    facts: [
      ['Player', userId],
      ['Name now', (await wallet.accounts.get(userId)).name ?? 'none'],
      ['Name afterwards', values.name],
    ],
  }),
  perform: async ({ wallet, values: { name = '', reason = '' } }) => ({
    facts: [
      ['Player', userId],
      ['Name', (await wallet.accounts.put(userId, { name, reason })).name],
    ],
  }),
});

/** The API has no dry run of a status: what it means is said in words. */
function statusAct(
  userId: string,
  status: 'active' | 'frozen' | 'closed',
  effect: string,
): Pick<Act, 'on' | 'need' | 'fields' | 'preview' | 'perform'> {
  return {
    on: userId,
    need: 'admin',
    fields: [REASON],
    preview: async ({ wallet }: ActCall): Promise<Outcome> => {
      if (status === 'closed') {
        await requireNothing(wallet, userId, 'Empty it first.');
      }
      return {
        facts: [
          ['Player', userId],
          ['Status now', (await wallet.accounts.get(userId)).status],
          ['Status afterwards', status],
          ['What that means', effect],
        ],
      };
    },
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

const freeze = (userId: string): Act => ({
  title: 'Freeze',
  about: 'Stops the player from paying.',
  isGrave: true,
  ...statusAct(userId, 'frozen', 'The player cannot pay, and cannot reserve. Credits still pass.'),
});

const unfreeze = (userId: string): Act => ({
  title: 'Unfreeze',
  about: 'Lets the player pay again.',
  ...statusAct(userId, 'active', 'The player can pay and reserve as before.'),
});

const close = (userId: string): Act => ({
  title: 'Close account',
  about: 'Ends the use of the account. It can be reopened.',
  isGrave: true,
  ...statusAct(userId, 'closed', 'The player cannot pay, reserve or take credits.'),
});

const reopen = (userId: string): Act => ({
  title: 'Reopen',
  about: 'Lets the closed account be used again.',
  ...statusAct(userId, 'active', 'The player can take credits, pay and reserve again.'),
});

/** What a person does to an account of each status. */
export const STATUS_ACTS = { active: [freeze, close], frozen: [unfreeze, close], closed: [reopen] };

/** What the player has and what is reserved of it, in words; a part is empty when there is nothing. */
async function leftOf(wallet: WalletClient, userId: string) {
  const [{ balances }, { holds }] = await Promise.all([
    wallet.balance(userId),
    wallet.holds.list(userId, { status: 'active' }),
  ]);
  const left = balances.filter(({ balance }) => balance !== 0);
  return {
    balances: left.map(({ balance, assetCode }) => moneyText(balance, assetCode)).join(', '),
    holds: holds.map(({ amount, assetCode }) => moneyText(amount, assetCode)).join(', '),
    isBelowZero: left.some(({ balance }) => balance < 0),
  };
}

/** Refuses in words what the service would refuse. */
async function requireNothing(wallet: WalletClient, userId: string, remedy: string): Promise<void> {
  const { balances, holds } = await leftOf(wallet, userId);
  if (balances !== '' || holds !== '') {
    const parts = [balances && `has ${balances}`, holds && `has open holds of ${holds}`].filter(Boolean);
    throw new Error(`The service will refuse: the account still ${parts.join(' and ')}. ${remedy}`);
  }
}

/** The reason outlives the person's data. */
function reasonFault(userId: string): (reason: string) => string | undefined {
  const named = new RegExp(`(?<![A-Za-z0-9])${userId.replaceAll('.', '\\.')}(?![A-Za-z0-9])`, 'i');
  return (reason) => (named.test(reason) ? 'The reason must not hold the userId: it is kept.' : undefined);
}

export const erase = (userId: string): Act => ({
  title: 'Erase',
  on: userId,
  about: 'Takes the person out of the ledger. Nobody can undo this.',
  need: 'admin',
  isGrave: true,
  isFinal: true,
  fields: [
    { ...REASON, description: 'It is kept. It must not name the person.', fault: reasonFault(userId) },
    { name: 'forfeit', label: 'Forfeit what is left: book it as expired', kind: 'check' },
    {
      name: 'userId',
      label: 'The userId, once more',
      kind: 'text',
      fault: (value) => (value === userId ? undefined : `Write the userId as it is: ${userId}`),
    },
  ],
  preview: async ({ wallet, values }) => {
    if (values.forfeit === '') {
      await requireNothing(wallet, userId, 'Choose to forfeit what is left, or empty it first.');
    }
    const { balances, holds, isBelowZero } = await leftOf(wallet, userId);
    if (isBelowZero) {
      throw new Error(
        `The service will refuse: the account has ${balances}. Adjust what is below zero first.`,
      );
    }
    return {
      facts: [
        ['Player', userId],
        ['Balances', balances === '' ? 'none' : `${balances}: booked as expired`],
        ['Open holds', holds === '' ? 'none' : `${holds}: voided`],
        ['What goes', 'Name, userId, metadata, keys and reasons of this person. The userId is free again.'],
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
    return { facts: [['Erased at', timeText(erasedAt)]] };
  },
});
