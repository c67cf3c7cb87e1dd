import type { Entry } from '@game-wallet/client';
import { Text } from '@mantine/core';
import { playerPath, To } from '../ui/links';

/** A player by the link to their page; an account of the system by its name. */
export function Account({ account, accountType }: Pick<Entry, 'account' | 'accountType'>) {
  return accountType === 'user' ? <To path={playerPath(account)}>{account}</To> : <>system: {account}</>;
}

/** From whom to whom a transaction went: from the side of the debit. */
export function Parties({ entries }: { entries: Entry[] }) {
  const [from, to] = (['debit', 'credit'] as const).map((side) =>
    entries.find(({ entryType }) => entryType === side),
  );
  return (
    from &&
    to && (
      <Text size="sm">
        from <Account {...from} /> to <Account {...to} />
      </Text>
    )
  );
}
