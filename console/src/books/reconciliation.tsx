import type { Discrepancy } from '@game-wallet/client';
import { Alert, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';
import { Facts } from '../ui/facts';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';

const COLUMNS: Column<Discrepancy>[] = [
  { title: 'Rule', value: ({ check }) => check },
  { title: 'What', value: ({ check: _, ...rest }) => JSON.stringify(rest) },
];

function titleOf(hasFound: boolean, isWhole: boolean | null): string {
  if (hasFound) {
    return 'Some books do not agree';
  }
  return isWhole ? 'All books agree' : 'What came since the run before agrees';
}

/** What the last run found. */
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
                  title={titleOf(discrepancies.length > 0, full)}
                >
                  <Facts
                    facts={[
                      ['Ran until', <Time key="ended" at={finishedAt} />],
                      ['Looked at', full ? 'the whole ledger' : 'what came since the run before'],
                      ['As it was at', snapshotAt && <Time key="read" at={snapshotAt} />],
                      ...Object.entries(checked).map(([what, count]): [string, number | undefined] => [
                        `Checked: ${what}`,
                        count,
                      ]),
                    ]}
                  />
                </Alert>
              )}
              <Text size="sm" c="dimmed">
                One run each hour looks at what is new, and one each day at the whole ledger.
              </Text>
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
