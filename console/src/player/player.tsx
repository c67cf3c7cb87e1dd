import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ActButton } from '../acts/act-button';
import { adjust, erase, freeze, grant, reopen, unfreeze } from '../acts/of-player';
import { useWallet } from '../session/session';
import { Facts } from '../ui/facts';
import { Loaded } from '../ui/loaded';
import { Page, Section } from '../ui/section';
import { Time } from '../ui/time';
import { BalanceChart } from './balance-chart';
import { Balances } from './balances';
import { Holds } from './holds';
import { Timeline } from './timeline';

const COLORS = { active: 'teal', frozen: 'orange', closed: 'gray' };

/** What a person does to an account of each status. */
const STATUS_ACTS = { active: freeze, frozen: unfreeze, closed: reopen };

/** All that there is to say of one player. */
export function Player({ userId }: { userId: string }) {
  const wallet = useWallet();
  const account = useQuery({ queryKey: ['account', userId], queryFn: () => wallet.accounts.get(userId) });
  return (
    <Loaded query={account}>
      {({ name, status, createdAt }) => (
        <Page
          title={userId}
          aside={
            <Group gap="xs">
              <ActButton act={grant(userId)} />
              <ActButton act={adjust(userId)} />
              <ActButton key={status} act={STATUS_ACTS[status](userId)} />
              <ActButton act={erase(userId)} />
            </Group>
          }
        >
          <Section
            title="Account"
            aside={
              <Badge variant="outline" color={COLORS[status]}>
                {status}
              </Badge>
            }
          >
            <Facts
              facts={[
                ['Name', name ?? 'none'],
                ['Opened', <Time key="at" at={createdAt} />],
              ]}
            />
          </Section>
          <Balances userId={userId} />
          <Holds userId={userId} />
          <BalanceChart userId={userId} />
          <Timeline userId={userId} />
        </Page>
      )}
    </Loaded>
  );
}
