import type { HoldReply } from '@game-wallet/client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { ActButton } from '../acts/act-button';
import { voidHold } from '../acts/of-transaction';
import { useWallet } from '../session/session';
import { moneyText } from '../ui/amount';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Section } from '../ui/section';
import { Short } from '../ui/short';
import { Time } from '../ui/time';

const COLUMNS: Column<HoldReply>[] = [
  { title: 'Amount', value: ({ amount, assetCode }) => moneyText(amount, assetCode) },
  { title: 'Placed', value: ({ createdAt }) => <Time at={createdAt} /> },
  { title: 'Ends', value: ({ expiresAt }) => <Time at={expiresAt} /> },
  { title: 'Id', value: ({ holdId }) => <Short text={holdId} /> },
  { title: 'Act', value: (hold) => <ActButton act={voidHold(hold)} /> },
];

/** What is reserved now. The timeline has those that are over. */
export function Holds({ userId }: { userId: string }) {
  const wallet = useWallet();
  const sought = useSearchParams()[0].get('hold');
  const query = useQuery({
    queryKey: ['holds', userId],
    queryFn: async () => (await wallet.holds.list(userId, { status: 'active' })).holds,
  });
  return (
    <Section title="Active holds">
      <Loaded query={query}>
        {(rows) => (
          <Records
            caption="Active holds"
            rows={rows}
            columns={COLUMNS}
            keyOf={({ holdId }) => holdId}
            isFound={({ holdId }) => holdId === sought}
            none="Nothing is held."
          />
        )}
      </Loaded>
    </Section>
  );
}
