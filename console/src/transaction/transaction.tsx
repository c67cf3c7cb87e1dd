import { type Entry, type TransactionReply, WalletError } from '@game-wallet/client';
import { Code } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type Act, lotText } from '../acts/act';
import { ActButton } from '../acts/act-button';
import { actOn } from '../acts/of-transaction';
import { Account } from '../player/parties';
import { useTransaction } from '../player/queries';
import { senderText } from '../player/timeline-columns';
import { useWallet } from '../session/session';
import { amountText, moneyText } from '../ui/amount';
import { Facts } from '../ui/facts';
import { Kind, kindName } from '../ui/kind';
import { groupPath, holdPath, To, transactionPath } from '../ui/links';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';
import { Proof } from './proof';
import { Relations, useFollowers } from './relations';

const entriesOf = (assetCode: string): Column<Entry>[] => [
  { title: 'Side', value: ({ entryType }) => entryType },
  { title: 'Account', value: (entry) => <Account {...entry} /> },
  { title: 'Amount', value: ({ amount }) => amountText(amount, assetCode), isAmount: true },
  {
    title: 'Balance afterwards',
    // An account of the system is kept in parts, and has that of one part alone.
    value: ({ accountType, runningBalance }) =>
      accountType === 'user' ? amountText(runningBalance, assetCode) : '',
    isAmount: true,
  },
];

/** One transaction: what it moved between whom, who sent it, what belongs to it, and that it is proven. */
export function Transaction({ id }: { id: string }) {
  const query = useTransaction(id);
  return (
    <Loaded query={query}>
      {(found) => (
        <Page
          title={`${kindName(found.typeCode)} of ${moneyText(found.amount, found.assetCode)}`}
          aside={<ActOn transaction={found} />}
        >
          <About transaction={found} />
          <Section title="Entries">
            <Records
              caption="Entries"
              rows={found.entries}
              columns={entriesOf(found.assetCode)}
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

/** What may be done to it. */
function ActOn({ transaction }: { transaction: TransactionReply }) {
  const act = actOn(transaction);
  const { data: followers = [] } = useFollowers(transaction);
  return act && (followers.length > 0 ? <ActOnRest act={act} /> : <ActButton act={act} />);
}

/** When a part was given back before, a dry run tells whether something is left. */
function ActOnRest({ act }: { act: Act }) {
  const wallet = useWallet();
  const { error } = useQuery({
    queryKey: ['rest', act.on],
    queryFn: () =>
      act.preview({ wallet, values: { reason: 'dry run' }, idempotencyKey: crypto.randomUUID() }),
  });
  const isOver =
    error instanceof WalletError && ['REFUND_EXCEEDS_ORIGINAL', 'ALREADY_REVERSED'].includes(error.code);
  return <ActButton act={act} refusal={isOver ? 'Nothing is left of it.' : undefined} />;
}

function About({ transaction }: { transaction: TransactionReply }) {
  const { id, typeCode, timestamp, assetCode, relatedId } = transaction;
  const { groupId, idempotencyKey, lots = [], metadata, spent, unspent } = transaction;
  return (
    <Section title="Transaction">
      <Facts
        facts={[
          ['When', <Time key="at" at={timestamp} />],
          ['Kind', <Kind key="kind" code={typeCode} />],
          ['Sent by', senderText(transaction)],
          ['Reason', textIn(metadata.reason)],
          ['Price', textIn(metadata.price)],
          ['Cost', textIn(metadata.cost)],
          ['Id', id],
          ['Idempotency key', idempotencyKey],
          ['Belongs to', relatedId && <To path={relatedPath(transaction, relatedId)}>{relatedId}</To>],
          ['Group', groupId && <To path={groupPath(groupId)}>{groupId}</To>],
          ['Spent since', amountText(spent, assetCode)],
          ['Not spent yet', amountText(unspent, assetCode)],
          ['Lots', lots.map((lot) => lotText(lot, assetCode)).join('; ')],
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

/** A purchase belongs to the hold that it captured; the others to a transaction. */
function relatedPath({ typeCode, entries }: TransactionReply, relatedId: string): string {
  const user = entries.find(({ accountType }) => accountType === 'user')?.account ?? '';
  return typeCode === 'PURCHASE' ? holdPath(user, relatedId) : transactionPath(relatedId);
}

/** Metadata may hold anything. */
const textIn = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
