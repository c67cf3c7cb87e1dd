import type { HistoryQuery } from '@game-wallet/client';
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWallet } from '../session/session';
import { fieldOf } from '../ui/field';
import { Loaded } from '../ui/loaded';
import { Records } from '../ui/records';
import { Section } from '../ui/section';
import { toWire } from '../ui/time';
import { type Filters, type Happening, readHappenings } from './happenings';
import { useBalances } from './queries';
import { COLUMNS } from './timeline-columns';

/** Rows that "Show more" adds. */
const STEP = 20;

type Type = NonNullable<HistoryQuery['type']>;
/** Of the API's kinds of transactions; the compiler says when one is missing. */
const TYPES: Record<Type, string> = {
  TOP_UP: 'Top-ups',
  BONUS: 'Bonuses',
  PURCHASE: 'Purchases',
  TRANSFER: 'Transfers',
  REFUND: 'Refunds',
  REVERSAL: 'Reversals',
  EXCHANGE: 'Exchanges',
  ADJUSTMENT: 'Adjustments',
  OPENING_BALANCE: 'Opening balances',
  EXPIRY: 'Expiries',
};

/** What the field "Show" may say. A kind of transaction leaves out holds and acts. */
const SHOW: { value: string; label: string; filter: Pick<Filters, 'kinds' | 'type'> }[] = [
  { value: 'all', label: 'Everything', filter: { kinds: ['entry', 'hold', 'act'] } },
  { value: 'entry', label: 'Entries', filter: { kinds: ['entry'] } },
  { value: 'hold', label: 'Holds', filter: { kinds: ['hold'] } },
  { value: 'act', label: 'Acts of administration', filter: { kinds: ['act'] } },
  ...Object.entries(TYPES).map(([type, label]) => ({
    value: type,
    label: `Entries: ${label}`,
    filter: { kinds: ['entry'] as Happening['kind'][], type: type as Type },
  })),
];

interface Fields {
  show: string;
  assetCode: string;
  from: string;
  to: string;
}

/** What happened to the player, newest first. */
export function Timeline({ userId }: { userId: string }) {
  const wallet = useWallet();
  const [fields, setFields] = useState<Fields>({ show: 'all', assetCode: '', from: '', to: '' });
  const [count, setCount] = useState(STEP);
  const filters: Filters = {
    ...(SHOW.find(({ value }) => value === fields.show)?.filter ?? { kinds: [] }),
    assetCode: fields.assetCode || undefined,
    from: toWire(fields.from),
    to: toWire(fields.to),
  };
  const query = useQuery({
    queryKey: ['timeline', userId, filters, count],
    queryFn: () => readHappenings(wallet, userId, filters, count),
    placeholderData: keepPreviousData,
  });
  return (
    <Section title="Timeline">
      <FilterFields userId={userId} fields={fields} onChange={setFields} />
      <Loaded query={query}>
        {({ happenings, isWhole }) => (
          <>
            <Records
              caption="Timeline"
              rows={happenings}
              columns={COLUMNS}
              keyOf={({ key }) => key}
              none="Nothing happened, as far as these filters see."
            />
            {!isWhole && (
              <Button variant="default" loading={query.isFetching} onClick={() => setCount(count + STEP)}>
                Show more
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

interface FilterFieldsProps {
  userId: string;
  fields: Fields;
  onChange: (fields: Fields) => void;
}

function FilterFields({ userId, fields, onChange }: FilterFieldsProps) {
  const balances = useBalances(userId);
  const assets = balances.data?.map(({ assetCode }) => assetCode) ?? [];
  const field = fieldOf(fields, onChange);
  return (
    <Group align="end" gap="sm">
      <NativeSelect {...field('show', 'Show')} data={SHOW.map(({ value, label }) => ({ value, label }))} />
      <NativeSelect {...field('assetCode', 'Asset')} data={[{ value: '', label: 'All assets' }, ...assets]} />
      <TextInput {...field('from', 'From')} type="datetime-local" />
      <TextInput {...field('to', 'To')} type="datetime-local" />
    </Group>
  );
}
