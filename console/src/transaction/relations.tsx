import type { HistoryQuery, TransactionReply, WalletClient } from '@game-wallet/client';
import { useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';
import { moneyText } from '../ui/amount';
import { To, transactionPath } from '../ui/links';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Section } from '../ui/section';
import { Time } from '../ui/time';

/** What may come after a transaction and name it. */
const FOLLOWERS: Partial<Record<TransactionReply['typeCode'], NonNullable<HistoryQuery['type']>>> = {
  PURCHASE: 'REFUND',
  TOP_UP: 'REVERSAL',
  BONUS: 'REVERSAL',
};
/** Refunds or reversals that are looked at. */
const MOST = 50;

const COLUMNS: Column<TransactionReply>[] = [
  { title: 'When', value: ({ timestamp }) => <Time at={timestamp} /> },
  { title: 'What', value: ({ id, type }) => <To path={transactionPath(id)}>{type}</To> },
  { title: 'Amount', value: ({ amount, assetCode }) => moneyText(amount, assetCode), isAmount: true },
  { title: 'Sent by', value: ({ principal }) => principal ?? 'not recorded' },
];

/** The API tells of each transaction what it belongs to. So what belongs to this one is sought after it. */
async function followersOf(wallet: WalletClient, transaction: TransactionReply): Promise<TransactionReply[]> {
  const { id, typeCode, assetCode, timestamp, entries } = transaction;
  const [type, user] = [FOLLOWERS[typeCode], entries.find(({ accountType }) => accountType === 'user')];
  if (type === undefined || user === undefined) {
    return [];
  }
  const query = { type, assetCode, from: timestamp, limit: MOST };
  const { transactions } = await wallet.history(user.account, query);
  const found = await Promise.all(transactions.map((row) => wallet.ledger.getTransaction(row.id)));
  return found.filter(({ relatedId }) => relatedId === id);
}

/** What gave the transaction back, or took it back. */
export function Relations({ transaction }: { transaction: TransactionReply }) {
  const wallet = useWallet();
  const query = useQuery({
    queryKey: ['followers', transaction.id],
    queryFn: () => followersOf(wallet, transaction),
  });
  if (FOLLOWERS[transaction.typeCode] === undefined) {
    return null;
  }
  return (
    <Section title="What came of it">
      <Loaded query={query}>
        {(rows) => (
          <Records
            caption="What came of it"
            rows={rows}
            columns={COLUMNS}
            keyOf={({ id }) => id}
            none="Nobody has given it back or taken it back."
          />
        )}
      </Loaded>
    </Section>
  );
}
