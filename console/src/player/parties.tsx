import type { Entry, TransactionReply } from '@game-wallet/client';
import { Text } from '@mantine/core';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';
import { playerPath, To } from '../ui/links';

const isUser = ({ accountType }: Entry): boolean => accountType === 'user';

/** The transactions that posted together. Without an id nothing is asked. */
export function useGroup(id: string | null): UseQueryResult<TransactionReply[]> {
  const wallet = useWallet();
  return useQuery({
    queryKey: ['group', id],
    queryFn: async () => (await wallet.groups.get(id ?? '')).transactions,
    enabled: id !== null,
  });
}

/** A player by the link to their page; an account of the system by its name. */
export function Account({ account, accountType }: Pick<Entry, 'account' | 'accountType'>) {
  return accountType === 'user' ? <To path={playerPath(account)}>{account}</To> : <>system: {account}</>;
}

/** From whom to whom a transaction went: from the side of the debit. */
export function Parties({ transaction }: { transaction: TransactionReply }) {
  const entries = useBothSides(transaction);
  const [from, to] = ['debit', 'credit'].map((side) => entries.find(({ entryType }) => entryType === side));
  return (
    from &&
    to && (
      <Text size="sm">
        from <Account {...from} /> to <Account {...to} />
      </Text>
    )
  );
}

/**
 * A transfer between players who are kept apart is two transactions of one group, by way of an account of the
 * system. Then it is told as one, if one other transaction of the group alone may be its other half.
 */
function useBothSides({ id, typeCode, assetCode, amount, entries, groupId }: TransactionReply): Entry[] {
  const [own, ...more] = entries.filter(isUser);
  const isHalf = typeCode === 'TRANSFER' && more.length === 0;
  const { data = [] } = useGroup(isHalf ? groupId : null);
  const others = data
    .filter((one) => one.id !== id && one.typeCode === typeCode)
    .filter((one) => one.assetCode === assetCode && one.amount === amount)
    .flatMap((one) => one.entries.filter(isUser))
    .filter(({ entryType }) => entryType !== own?.entryType);
  const [other, ...rest] = others;
  return own && other && rest.length === 0 ? [own, other] : entries;
}
