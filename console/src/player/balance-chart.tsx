import { NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useWallet } from '../session/session';
import { Loaded } from '../ui/loaded';
import { Section } from '../ui/section';
import { StepChart } from '../ui/step-chart';
import { useBalances } from './queries';

/** Entries that the chart goes back. */
const MOST = 200;

/** One balance over time, as the running balances of its last entries have it. */
export function BalanceChart({ userId }: { userId: string }) {
  const wallet = useWallet();
  const balances = useBalances(userId);
  const assets = balances.data?.map(({ assetCode }) => assetCode) ?? [];
  const [chosen, setChosen] = useState<string>();
  const latest = useQuery({
    queryKey: ['latest', userId],
    queryFn: async () => (await wallet.history(userId, { limit: 1 })).transactions[0]?.assetCode ?? null,
  });
  const assetCode = chosen ?? latest.data ?? undefined;
  const query = useQuery({
    queryKey: ['chart', userId, assetCode],
    queryFn: async () =>
      (await wallet.history(userId, { assetCode: assetCode ?? '', limit: MOST })).transactions,
    enabled: assetCode !== undefined,
  });
  if (assetCode === undefined) {
    return null;
  }
  return (
    <Section
      title="Balance over time"
      aside={
        <NativeSelect
          aria-label="Asset of the chart"
          data={assets}
          value={assetCode}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      }
    >
      <Loaded query={query}>
        {(rows) => (
          <>
            <StepChart
              assetCode={assetCode}
              title={`Balance of ${assetCode} over time`}
              steps={rows
                .map(({ timestamp, runningBalance }) => ({ at: timestamp, value: runningBalance }))
                .reverse()}
            />
            {rows.length === MOST && (
              <Text size="sm" c="dimmed">
                The last {MOST} entries. The timeline goes back further.
              </Text>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
