import type { AssetStatement, Movement, ReportsStatementQuery } from '@game-wallet/client';
import { Text } from '@mantine/core';
import { amountText, countText } from '../ui/amount';
import { Bars } from '../ui/bars';
import { Kind, kindName } from '../ui/kind';
import { type Column, Records } from '../ui/records';
import { Section } from '../ui/section';

export type GroupBy = NonNullable<ReportsStatementQuery['groupBy']>;

const nameOf = (movement: Movement): string => {
  if ('kind' in movement) {
    return kindName(movement.kind);
  }
  return 'day' in movement
    ? movement.day.slice(0, 10)
    : `${movement.source ?? 'no source'}, ${movement.origin ?? 'no lot'}`;
};

const movementsOf = (assetCode: string): Column<Movement>[] => [
  {
    title: 'What',
    value: (movement) => ('kind' in movement ? <Kind code={movement.kind} /> : nameOf(movement)),
  },
  { title: 'Transactions', value: ({ count }) => countText(count), isAmount: true },
  { title: 'Moved', value: ({ amount }) => amountText(amount, assetCode), isAmount: true },
];

interface Figures {
  title: string;
  all: string;
  paid: string | undefined;
  free: string | undefined;
}

function figuresOf(assetCode: string, hasLots: boolean): Column<Figures>[] {
  const origins: Column<Figures>[] = [
    { title: 'Paid', value: ({ paid }) => amountText(paid, assetCode), isAmount: true },
    { title: 'Free', value: ({ free }) => amountText(free, assetCode), isAmount: true },
  ];
  return [
    { title: 'What', value: ({ title }) => title },
    { title: 'All', value: ({ all }) => <b>{amountText(all, assetCode)}</b>, isAmount: true },
    ...(hasLots ? origins : []),
  ];
}

interface OfAssetProps {
  statement: AssetStatement;
  groupBy: GroupBy;
}

/** What users had of one asset, and what moved it. */
export function OfAsset({ statement, groupBy }: OfAssetProps) {
  const { assetCode, paid, free, movements } = statement;
  const figures = (['opening', 'closing', 'expired'] as const).map((name) => ({
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    all: statement[name],
    paid: paid?.[name],
    free: free?.[name],
  }));
  return (
    <Section title={assetCode}>
      <Records
        caption={`Figures of ${assetCode}`}
        rows={figures}
        columns={figuresOf(assetCode, paid !== undefined)}
        keyOf={({ title }) => title}
        isNarrow
        none=""
      />
      <Bars
        title={`What moved ${assetCode}`}
        assetCode={assetCode}
        bars={movements.map((movement) => ({ name: nameOf(movement), amount: movement.amount }))}
      />
      <Records
        caption={`Movements of ${assetCode}`}
        rows={movements}
        columns={movementsOf(assetCode)}
        keyOf={nameOf}
        isNarrow
        none="Nothing moved."
      />
      {groupBy === 'source' && movements.length > 0 && (
        <Text size="xs" c="dimmed">
          A transaction whose lots have several sources is counted at each of them.
        </Text>
      )}
    </Section>
  );
}
