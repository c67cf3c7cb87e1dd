import type { TransactionReply } from '@game-wallet/client';
import { Parties, useGroup } from '../player/parties';
import { moneyText } from '../ui/amount';
import { Kind } from '../ui/kind';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';

const COLUMNS: Column<TransactionReply>[] = [
  { title: 'When', value: ({ timestamp }) => <Time at={timestamp} /> },
  {
    title: 'Transaction',
    value: ({ id, typeCode }) => <Kind code={typeCode} id={id} />,
  },
  { title: 'Amount', value: ({ amount, assetCode }) => moneyText(amount, assetCode), isAmount: true },
  { title: 'Between', value: (transaction) => <Parties transaction={transaction} /> },
];

/** The transactions that posted together. */
export function Group({ id }: { id: string }) {
  return (
    <Page title="Group">
      <Section title={id}>
        <Loaded query={useGroup(id)}>
          {(transactions) => (
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
