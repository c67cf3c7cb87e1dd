import type { ReportsStatementQuery } from '@game-wallet/client';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useAssets } from '../session/assets';
import { useWallet } from '../session/session';
import { useAddressFields } from '../ui/address';
import { download } from '../ui/download';
import { fieldOf } from '../ui/field';
import { Loaded } from '../ui/loaded';
import { Problem } from '../ui/problem';
import { Page, Section } from '../ui/section';
import { type GroupBy, OfAsset } from './of-asset';

const GROUPINGS: { value: GroupBy; label: string }[] = [
  { value: 'kind', label: 'By kind' },
  { value: 'day', label: 'By day' },
  { value: 'source', label: 'By source' },
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

/** What is wrong with the dates, if something is. */
function faultsOf({ from, to }: Fields): { from?: string; to?: string } {
  if (from === '' || to === '') {
    return { ...(from === '' && { from: 'Choose a date' }), ...(to === '' && { to: 'Choose a date' }) };
  }
  return from < to ? {} : { to: 'Must come after From' };
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
  const codes = useAssets().data?.map(({ assetCode }) => assetCode) ?? [];
  const [fields, setFields] = useAddressFields(thisMonth());
  const asked = toQuery(fields);
  const isWrong = Object.keys(faultsOf(fields)).length > 0;
  const query = useQuery({
    queryKey: ['statement', asked],
    queryFn: async () =>
      // In the order that all pages have.
      (await wallet.reports.statement(asked)).assets.sort(
        (one, other) => codes.indexOf(one.assetCode) - codes.indexOf(other.assetCode),
      ),
    enabled: !isWrong,
  });
  const csv = useMutation({
    mutationFn: async () => download(await wallet.reports.statementCsv(asked), 'statement.csv', 'text/csv'),
  });
  const change = (next: Fields) => {
    csv.reset();
    setFields(next);
  };
  const button = (
    <Button variant="default" disabled={isWrong} loading={csv.isPending} onClick={() => csv.mutate()}>
      Download as CSV
    </Button>
  );
  return (
    <Page title="Statement">
      <Section title="Period" aside={button}>
        <PeriodFields fields={fields} codes={codes} onChange={change} />
        {csv.error && <Problem error={csv.error} />}
      </Section>
      {!isWrong && (
        <Loaded query={query}>
          {(assets) =>
            assets.map((asset) => (
              <OfAsset key={asset.assetCode} statement={asset} groupBy={fields.groupBy} />
            ))
          }
        </Loaded>
      )}
    </Page>
  );
}

interface PeriodFieldsProps {
  fields: Fields;
  codes: string[];
  onChange: (fields: Fields) => void;
}

function PeriodFields({ fields, codes, onChange }: PeriodFieldsProps) {
  const field = fieldOf(fields, onChange);
  const faults = faultsOf(fields);
  return (
    <div className="fields">
      <TextInput {...field('from', 'From (UTC)')} type="date" error={faults.from} />
      <TextInput {...field('to', 'Before (UTC)')} type="date" error={faults.to} />
      <NativeSelect {...field('assetCode', 'Asset')} data={[{ value: '', label: 'All assets' }, ...codes]} />
      <NativeSelect {...field('groupBy', 'Movements')} data={GROUPINGS} />
    </div>
  );
}
