import type { Act, HistoryRow } from '@game-wallet/client';
import { Text } from '@mantine/core';
import { amountText, moneyText, movedText } from '../ui/amount';
import { To, transactionPath } from '../ui/links';
import type { Column } from '../ui/records';
import { Time } from '../ui/time';
import type { Happening } from './happenings';
import { useTransaction } from './queries';

const ACTS: Record<Act['act'], string> = {
  OPENED: 'Account opened',
  RENAMED: 'Account renamed',
  STATUS_CHANGED: 'Status changed',
  ERASED: 'Account erased',
};

export const COLUMNS: Column<Happening>[] = [
  { title: 'When', value: ({ at }) => <Time at={at} /> },
  { title: 'What', value: (happening) => <What happening={happening} /> },
  {
    title: 'Moved',
    value: (happening) =>
      happening.kind === 'entry'
        ? `${movedText(happening.entry.entryType, happening.entry.amount)} ${happening.entry.assetCode}`
        : '',
    isAmount: true,
  },
  {
    title: 'Balance',
    value: (happening) => (happening.kind === 'entry' ? amountText(happening.entry.runningBalance) : ''),
    isAmount: true,
  },
  { title: 'Sent by', value: (happening) => <SentBy happening={happening} /> },
];

function What({ happening }: { happening: Happening }) {
  switch (happening.kind) {
    case 'entry':
      return (
        <>
          <To path={transactionPath(happening.entry.id)}>{happening.entry.type}</To>
          <Text size="sm">{happening.entry.description}</Text>
          <Reason reason={reasonOf(happening.entry)} />
        </>
      );
    case 'hold': {
      const { amount, assetCode, status, transactionId } = happening.hold;
      return (
        <>
          Hold of {moneyText(amount, assetCode)}, {status}{' '}
          {transactionId !== null && <To path={transactionPath(transactionId)}>by this purchase</To>}
        </>
      );
    }
    case 'act':
      return (
        <>
          <b>{ACTS[happening.act.act]}</b>
          <Text size="sm">{changesOf(happening.act)}</Text>
          <Reason reason={happening.act.reason} />
        </>
      );
  }
}

function Reason({ reason }: { reason: string | null | undefined }) {
  return reason && <Text size="sm">Reason: {reason}</Text>;
}

/** The description of some kinds says it already. */
function reasonOf({ description, metadata: { reason } }: HistoryRow): string | undefined {
  return typeof reason === 'string' && !description.includes(reason) ? reason : undefined;
}

/** What an act changed: `status: active, then frozen`. */
function changesOf({ before, after }: Act): string {
  return Object.entries(after)
    .map(([name, value]) =>
      before === null
        ? `${name}: ${value ?? 'none'}`
        : `${name}: ${before[name] ?? 'none'}, then ${value ?? 'none'}`,
    )
    .join('; ');
}

function SentBy({ happening }: { happening: Happening }) {
  switch (happening.kind) {
    case 'entry':
      return <SenderOf transactionId={happening.entry.id} />;
    case 'hold':
      return '';
    case 'act':
      return happening.act.principal ?? 'not recorded';
  }
}

/** The history does not have it; the transaction does. */
function SenderOf({ transactionId }: { transactionId: string }) {
  const { data } = useTransaction(transactionId);
  return data === undefined ? '' : senderText(data);
}

/** An expiry has no key: the service itself has booked it. */
export function senderText(transaction: { principal: string | null; idempotencyKey: string | null }): string {
  const { principal, idempotencyKey } = transaction;
  return principal ?? (idempotencyKey === null ? 'the service' : 'not recorded');
}
