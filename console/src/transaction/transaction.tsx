import type { Entry, TransactionReply } from '@game-wallet/client';
import { Code, Group } from '@mantine/core';
import { lotText } from '../acts/act';
import { ActButton } from '../acts/act-button';
import { actsOn } from '../acts/of-transaction';
import { useTransaction } from '../player/queries';
import { senderText } from '../player/timeline-columns';
import { amountText, moneyText } from '../ui/amount';
import { Facts } from '../ui/facts';
import { groupPath, playerPath, To, transactionPath } from '../ui/links';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';
import { Proof } from './proof';
import { Relations } from './relations';

const ENTRIES: Column<Entry>[] = [
  { title: 'Side', value: ({ entryType }) => entryType },
  {
    title: 'Account',
    value: ({ account, accountType }) =>
      accountType === 'user' ? <To path={playerPath(account)}>{account}</To> : `system: ${account}`,
  },
  { title: 'Amount', value: ({ amount }) => amountText(amount), isAmount: true },
  { title: 'Balance afterwards', value: ({ runningBalance }) => amountText(runningBalance), isAmount: true },
];

/** One transaction: what it moved between whom, who sent it, what belongs to it, and that it is proven. */
export function Transaction({ id }: { id: string }) {
  const query = useTransaction(id);
  return (
    <Loaded query={query}>
      {(found) => (
        <Page
          title={`${found.type} of ${moneyText(found.amount, found.assetCode)}`}
          aside={
            <Group gap="xs">
              {actsOn(found).map((act) => (
                <ActButton key={act.title} act={act} />
              ))}
            </Group>
          }
        >
          <About transaction={found} />
          <Section title="Entries">
            <Records
              caption="Entries"
              rows={found.entries}
              columns={ENTRIES}
              keyOf={({ entryType }) => entryType}
              none=""
            />
          </Section>
          <Relations transaction={found} />
          <Proof id={id} />
        </Page>
      )}
    </Loaded>
  );
}

function About({ transaction }: { transaction: TransactionReply }) {
  const {
    id,
    timestamp,
    relatedId,
    groupId,
    idempotencyKey,
    lots = [],
    metadata,
    spent,
    unspent,
  } = transaction;
  return (
    <Section title="Transaction">
      <Facts
        facts={[
          ['When', <Time key="at" at={timestamp} />],
          ['Sent by', senderText(transaction)],
          ['Reason', typeof metadata.reason === 'string' ? metadata.reason : ''],
          ['Id', id],
          ['Idempotency key', idempotencyKey],
          ['Belongs to', relatedId && <To path={transactionPath(relatedId)}>{relatedId}</To>],
          ['Group', groupId && <To path={groupPath(groupId)}>{groupId}</To>],
          ['Spent of it', spent === undefined ? '' : amountText(spent)],
          ['Left of it', unspent === undefined ? '' : amountText(unspent)],
          ['Lots', lots.map(lotText).join('; ')],
        ]}
      />
      {Object.keys(metadata).length > 0 && (
        <details>
          <summary>Metadata</summary>
          <Code block>{JSON.stringify(metadata, undefined, 2)}</Code>
        </details>
      )}
    </Section>
  );
}
