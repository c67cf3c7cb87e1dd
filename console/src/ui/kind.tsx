import type { TransactionReply } from '@game-wallet/client';
import { Text } from '@mantine/core';

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

/** The code of a kind, beside its name. */
export function Code({ of }: { of: KindCode }) {
  return (
    <Text span size="xs" c="dimmed">
      {of}
    </Text>
  );
}
