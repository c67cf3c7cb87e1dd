import type { TransactionReply, WalletClient } from '@game-wallet/client';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';
import { moneyText } from '../ui/amount';
import { Kind, type KindCode } from '../ui/kind';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Section } from '../ui/section';
import { Time } from '../ui/time';

/** What may come after a transaction and name it, beside an adjustment that corrects it. */
const FOLLOWERS: Partial<Record<KindCode, KindCode>> = {
  PURCHASE: 'REFUND',
  TOP_UP: 'REVERSAL',
  BONUS: 'REVERSAL',
};
/** Transactions of each kind that are looked at. */
const MOST = 50;

const COLUMNS: Column<TransactionReply>[] = [
  { title: 'When', value: ({ timestamp }) => <Time at={timestamp} /> },
  {
    title: 'What',
    value: ({ id, typeCode }) => <Kind code={typeCode} id={id} />,
  },
  { title: 'Amount', value: ({ amount, assetCode }) => moneyText(amount, assetCode), isAmount: true },
  { title: 'Sent by', value: ({ principal }) => principal ?? 'not recorded' },
];

/** The API tells of each transaction what it belongs to. So what belongs to this one is sought after it. */
async function followersOf(wallet: WalletClient, transaction: TransactionReply): Promise<TransactionReply[]> {
  const { id, typeCode, assetCode, timestamp, entries } = transaction;
  const users = entries.filter(({ accountType }) => accountType === 'user');
  const types = [FOLLOWERS[typeCode], 'ADJUSTMENT' as const].filter((type) => type !== undefined);
  const pages = users.flatMap(({ account }) =>
    types.map((type) => wallet.history(account, { type, assetCode, from: timestamp, limit: MOST })),
  );
  const rows = (await Promise.all(pages)).flatMap(({ transactions }) => transactions);
  const found = await Promise.all(rows.map((row) => wallet.ledger.getTransaction(row.id)));
  return found
    .filter(({ relatedId }) => relatedId === id)
    .sort((one, other) => other.timestamp.localeCompare(one.timestamp));
}

/** What gave the transaction back, took it back or corrected it. */
export function useFollowers(transaction: TransactionReply): UseQueryResult<TransactionReply[]> {
  const wallet = useWallet();
  return useQuery({
    queryKey: ['followers', transaction.id],
    queryFn: () => followersOf(wallet, transaction),
  });
}

export function Relations({ transaction }: { transaction: TransactionReply }) {
  return (
    <Section title="What came of it">
      <Loaded query={useFollowers(transaction)}>
        {(rows) => (
          <Records
            caption="What came of it"
            rows={rows}
            columns={COLUMNS}
            keyOf={({ id }) => id}
            none="It was not given back, taken back or corrected."
          />
        )}
      </Loaded>
    </Section>
  );
}
