import type { Discrepancy } from '@game-wallet/client';
import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';
import { Facts } from '../ui/facts';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';

const COLUMNS: Column<Discrepancy>[] = [
  { title: 'Law', value: ({ check }) => check },
  { title: 'What', value: ({ check: _, ...rest }) => JSON.stringify(rest) },
];

/** What the last run of the laws found. */
export function Reconciliation() {
  const wallet = useWallet();
  const query = useQuery({
    queryKey: ['reconciliation'],
    queryFn: async () => await wallet.reports.reconciliation(),
  });
  return (
    <Page title="Reconciliation">
      <Loaded query={query}>
        {({ finishedAt, snapshotAt, full, checked, discrepancies }) => (
          <>
            <Section title="The last run">
              {finishedAt === null ? (
                'There was no run yet.'
              ) : (
                <Alert
                  color={discrepancies.length > 0 ? 'red' : 'teal'}
                  variant="outline"
                  role="status"
                  title={discrepancies.length > 0 ? 'Some books do not agree' : 'All books agree'}
                >
                  <Facts
                    facts={[
                      ['Ended', <Time key="ended" at={finishedAt} />],
                      ['Read the books of', snapshotAt && <Time key="read" at={snapshotAt} />],
                      ['Range', full ? 'the whole ledger' : 'what was new since the run before'],
                      ...Object.entries(checked).map(([what, count]): [string, number | undefined] => [
                        `Checked: ${what}`,
                        count,
                      ]),
                    ]}
                  />
                </Alert>
              )}
            </Section>
            <Section title="Discrepancies">
              <Records
                caption="Discrepancies"
                rows={discrepancies}
                columns={COLUMNS}
                keyOf={(row) => JSON.stringify(row)}
                none="None."
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
