import type { Act, HistoryRow, HoldReply } from '@game-wallet/client';
import { Text } from '@mantine/core';
import { amountText, moneyText, movedText } from '../ui/amount';
import { Kind } from '../ui/kind';
import { To, transactionPath } from '../ui/links';
import type { Column } from '../ui/records';
import { Time } from '../ui/time';
import type { Happening } from './happenings';
import { Parties } from './parties';
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
        ? movedText(happening.entry.entryType, happening.entry.amount, happening.entry.assetCode)
        : '',
    isAmount: true,
  },
  {
    title: 'Balance',
    value: (happening) =>
      happening.kind === 'entry' ? amountText(happening.entry.runningBalance, happening.entry.assetCode) : '',
    isAmount: true,
  },
  { title: 'Sent by', value: (happening) => <SentBy happening={happening} /> },
];

function What({ happening }: { happening: Happening }) {
  switch (happening.kind) {
    case 'entry':
      return <Entry entry={happening.entry} />;
    case 'hold':
      return <Hold hold={happening.hold} />;
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

function Entry({ entry: { id, typeCode, metadata } }: { entry: HistoryRow }) {
  return (
    <>
      <Kind code={typeCode} id={id} />
      {typeCode === 'TRANSFER' && <TransferParties transactionId={id} />}
      {typeof metadata.itemName === 'string' && <Text size="sm">{metadata.itemName}</Text>}
      <Reason reason={metadata.reason} />
    </>
  );
}

function TransferParties({ transactionId }: { transactionId: string }) {
  const { data } = useTransaction(transactionId);
  return data && <Parties transaction={data} />;
}

function Hold({ hold }: { hold: HoldReply }) {
  return (
    <>
      <b>Hold</b> of {moneyText(hold.amount, hold.assetCode)} placed
      <Text size="sm">
        <EndOfHold hold={hold} />
      </Text>
    </>
  );
}

/** The API does not tell when a hold was voided, nor by whom. */
function EndOfHold({ hold: { status, transactionId, expiresAt } }: { hold: HoldReply }) {
  switch (status) {
    case 'active':
      return (
        <>
          It is active, and ends <Time at={expiresAt} />
        </>
      );
    case 'expired':
      return (
        <>
          It expired <Time at={expiresAt} />
        </>
      );
    case 'voided':
      return 'It was voided later.';
    case 'captured':
      return (
        <>
          It was captured by <To path={transactionPath(transactionId ?? '')}>a purchase</To>
        </>
      );
  }
}

function Reason({ reason }: { reason: unknown }) {
  return typeof reason === 'string' && <Text size="sm">Reason: {reason}</Text>;
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
