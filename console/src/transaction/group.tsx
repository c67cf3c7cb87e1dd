import type { TransactionReply } from '@game-wallet/client';
import { useQuery } from '@tanstack/react-query';
import { Parties } from '../player/parties';
import { useWallet } from '../session/session';
import { moneyText } from '../ui/amount';
import { Code, KINDS } from '../ui/kind';
import { To, transactionPath } from '../ui/links';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';

const COLUMNS: Column<TransactionReply>[] = [
  { title: 'When', value: ({ timestamp }) => <Time at={timestamp} /> },
  {
    title: 'Transaction',
    value: ({ id, type, typeCode }) => (
      <>
        <To path={transactionPath(id)}>{KINDS[typeCode] ?? type}</To> <Code of={typeCode} />
      </>
    ),
  },
  { title: 'Amount', value: ({ amount, assetCode }) => moneyText(amount, assetCode), isAmount: true },
  { title: 'Between', value: ({ entries }) => <Parties entries={entries} /> },
];

/** The transactions that posted together. */
export function Group({ id }: { id: string }) {
  const wallet = useWallet();
  const query = useQuery({ queryKey: ['group', id], queryFn: async () => await wallet.groups.get(id) });
  return (
    <Page title="Group">
      <Section title={id}>
        <Loaded query={query}>
          {({ transactions }) => (
            <Records
              caption="Transactions of the group"
              rows={transactions}
              columns={COLUMNS}
              keyOf={(row) => row.id}
              none="The group has no transaction."
            />
          )}
        </Loaded>
      </Section>
    </Page>
  );
}
