import type { TransactionReply } from '@game-wallet/client';
import { Text } from '@mantine/core';
import { To, transactionPath } from './links';

export type KindCode = TransactionReply['typeCode'];

/** What people call each kind of transaction; the compiler says when one is missing. */
export const KINDS: Record<KindCode, string> = {
  TOP_UP: 'Top-up',
  BONUS: 'Bonus',
  PURCHASE: 'Purchase',
  TRANSFER: 'Transfer',
  REFUND: 'Refund',
  REVERSAL: 'Reversal',
  EXCHANGE: 'Exchange',
  ADJUSTMENT: 'Adjustment',
  OPENING_BALANCE: 'Opening balance',
  EXPIRY: 'Expiry',
};

/** A newer service may have a kind that has no name here. */
export const kindName = (code: KindCode): string => KINDS[code] ?? code;

/** A kind by its name and code; with an id it leads to that transaction. */
export function Kind({ code, id }: { code: KindCode; id?: string }) {
  const name = kindName(code);
  return (
    <>
      {id === undefined ? name : <To path={transactionPath(id)}>{name}</To>}{' '}
      <Text span size="xs" c="dimmed">
        {code}
      </Text>
    </>
  );
}
