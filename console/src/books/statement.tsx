import type { AssetStatement, Movement, ReportsStatementQuery } from '@game-wallet/client';
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWallet } from '../session/session';
import { amountText } from '../ui/amount';
import { Bars } from '../ui/bars';
import { download } from '../ui/download';
import { type Fact, Facts } from '../ui/facts';
import { fieldOf } from '../ui/field';
import { Loaded } from '../ui/loaded';
import { Problem } from '../ui/problem';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';

type GroupBy = NonNullable<ReportsStatementQuery['groupBy']>;

const GROUPINGS: { value: GroupBy; label: string }[] = [
  { value: 'kind', label: 'By kind' },
  { value: 'day', label: 'By day' },
  { value: 'source', label: 'By source' },
];

const nameOf = (movement: Movement): string => {
  if ('kind' in movement) {
    return movement.kind;
  }
  return 'day' in movement
    ? movement.day.slice(0, 10)
    : `${movement.source ?? 'no source'}, ${movement.origin ?? 'no lot'}`;
};

const COLUMNS: Column<Movement>[] = [
  { title: 'What', value: nameOf },
  { title: 'Transactions', value: ({ count }) => amountText(count), isAmount: true },
  { title: 'Moved', value: ({ amount }) => amountText(amount), isAmount: true },
];

interface Fields {
  from: string;
  to: string;
  assetCode: string;
  groupBy: GroupBy;
}

/** This month, until today has ended. Days are those of UTC. */
function thisMonth(): Fields {
  const today = new Date();
  const tomorrow = new Date(today.getTime() + 86_400_000).toISOString().slice(0, 10);
  return { from: `${today.toISOString().slice(0, 8)}01`, to: tomorrow, assetCode: '', groupBy: 'kind' };
}

const toQuery = ({ from, to, assetCode, groupBy }: Fields): ReportsStatementQuery => ({
  from: `${from}T00:00:00.000Z`,
  to: `${to}T00:00:00.000Z`,
  groupBy,
  ...(assetCode && { assetCode }),
});

/** What users had of each asset at two times, and what moved it between. */
export function Statement() {
  const wallet = useWallet();
  const [fields, setFields] = useState(thisMonth);
  const asked = toQuery(fields);
  const query = useQuery({
    queryKey: ['statement', asked],
    queryFn: async () => (await wallet.reports.statement(asked)).assets,
    enabled: fields.from !== '' && fields.to !== '',
  });
  const csv = useMutation({
    mutationFn: async () => download(await wallet.reports.statementCsv(asked), 'statement.csv', 'text/csv'),
  });
  return (
    <Page title="Statement">
      <Section
        title="Period"
        aside={
          <Button variant="default" loading={csv.isPending} onClick={() => csv.mutate()}>
            Download as CSV
          </Button>
        }
      >
        <PeriodFields fields={fields} onChange={setFields} />
        {csv.error && <Problem error={csv.error} />}
      </Section>
      <Loaded query={query}>
        {(assets) => assets.map((asset) => <OfAsset key={asset.assetCode} statement={asset} />)}
      </Loaded>
    </Page>
  );
}

function OfAsset({ statement }: { statement: AssetStatement }) {
  const { assetCode, opening, closing, expired, paid, free, movements } = statement;
  const origins: Fact[] = Object.entries({ paid, free }).flatMap(([origin, part]): Fact[] =>
    part === undefined
      ? []
      : [
          [`Opening, ${origin}`, amountText(part.opening)],
          [`Closing, ${origin}`, amountText(part.closing)],
          [`Expired, ${origin}`, amountText(part.expired)],
        ],
  );
  return (
    <Section title={assetCode}>
      <Facts
        facts={[
          ['Opening', amountText(opening)],
          ['Closing', amountText(closing)],
          ['Expired', amountText(expired)],
          ...origins,
        ]}
      />
      <Bars
        title={`What moved ${assetCode}`}
        bars={movements.map((movement) => ({ name: nameOf(movement), amount: movement.amount }))}
      />
      <Records
        caption={`Movements of ${assetCode}`}
        rows={movements}
        columns={COLUMNS}
        keyOf={nameOf}
        none="Nothing moved."
      />
    </Section>
  );
}

function PeriodFields({ fields, onChange }: { fields: Fields; onChange: (fields: Fields) => void }) {
  const wallet = useWallet();
  const assets = useQuery({
    queryKey: ['assets'],
    queryFn: async () => (await wallet.assets.list()).assets,
  });
  const codes = assets.data?.map(({ assetCode }) => assetCode) ?? [];
  const field = fieldOf(fields, onChange);
  return (
    <Group align="end" gap="sm">
      <TextInput {...field('from', 'From (UTC)')} type="date" />
      <TextInput {...field('to', 'Before (UTC)')} type="date" />
      <NativeSelect {...field('assetCode', 'Asset')} data={[{ value: '', label: 'All assets' }, ...codes]} />
      <NativeSelect {...field('groupBy', 'Movements')} data={GROUPINGS} />
    </Group>
  );
}
