import { Button, NativeSelect, Text, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useWallet } from '../session/session';
import { useAddressFields } from '../ui/address';
import { fieldOf } from '../ui/field';
import { KINDS, type KindCode } from '../ui/kind';
import { Loaded } from '../ui/loaded';
import { Records } from '../ui/records';
import { Section } from '../ui/section';
import { toWire } from '../ui/time';
import { type Filters, type Happening, readHappenings } from './happenings';
import { useBalances } from './queries';
import { COLUMNS } from './timeline-columns';

/** Rows that "Show more" adds. */
const STEP = 20;

/** What the field "Show" may say. A kind of transaction leaves out holds and acts. */
const SHOW: { value: string; label: string; filter: Pick<Filters, 'kinds' | 'type'> }[] = [
  { value: 'all', label: 'Everything', filter: { kinds: ['entry', 'hold', 'act'] } },
  { value: 'entry', label: 'Entries', filter: { kinds: ['entry'] } },
  { value: 'hold', label: 'Holds', filter: { kinds: ['hold'] } },
  { value: 'act', label: 'Acts of administration', filter: { kinds: ['act'] } },
  ...Object.entries(KINDS).map(([type, name]) => ({
    value: type,
    label: `Entries: ${name}`,
    filter: { kinds: ['entry'] as Happening['kind'][], type: type as KindCode },
  })),
];

const FIELDS = { show: 'all', assetCode: '', from: '', to: '' };
type Fields = typeof FIELDS;

/** Both are as fields of local time have them. */
const isTurned = ({ from, to }: Fields): boolean => from !== '' && to !== '' && from > to;

/** How many rows were asked for. It stays with this visit of the page, as Back and Reload know it. */
function useCount(): [number, (count: number) => void] {
  const kept = useHistoryState<{ count?: number } | null>();
  return [kept?.count ?? STEP, (count) => history.replaceState({ count }, '')];
}

/** What happened to the player, newest first. */
export function Timeline({ userId }: { userId: string }) {
  const wallet = useWallet();
  const [fields, setFields] = useAddressFields(FIELDS);
  const sought = useSearchParams()[0].get('hold');
  const [count, setCount] = useCount();
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
    enabled: !isTurned(fields),
  });
  return (
    <Section title="Timeline">
      <FilterFields userId={userId} fields={fields} onChange={setFields} />
      {!isTurned(fields) && (
        <Loaded query={query}>
          {({ happenings, isWhole, lacksActs }) => (
            <>
              {lacksActs && (
                <Text size="sm" c="dimmed">
                  Acts of administration are not shown: to read them needs the scope wallet:admin.
                </Text>
              )}
              <Records
                caption="Timeline"
                rows={happenings}
                columns={COLUMNS}
                keyOf={({ key }) => key}
                isFound={({ key }) => key === sought}
                none="Nothing that these fields ask for."
              />
              {!isWhole && (
                <Button variant="default" loading={query.isFetching} onClick={() => setCount(count + STEP)}>
                  Show more
                </Button>
              )}
            </>
          )}
        </Loaded>
      )}
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
  const fault = isTurned(fields) ? 'From must come before To' : undefined;
  return (
    <div className="fields">
      <NativeSelect {...field('show', 'Show')} data={SHOW.map(({ value, label }) => ({ value, label }))} />
      <NativeSelect {...field('assetCode', 'Asset')} data={[{ value: '', label: 'All assets' }, ...assets]} />
      <TextInput {...field('from', 'From')} type="datetime-local" error={fault} />
      <TextInput {...field('to', 'To')} type="datetime-local" />
    </div>
  );
}
