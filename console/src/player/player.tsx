import { Alert, Badge } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ActButton } from '../acts/act-button';
import { forgetDrafts } from '../acts/draft';
import { erase, rename, STATUS_ACTS } from '../acts/of-account';
import { adjust, grant } from '../acts/of-player';
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

/** All that there is to say of one player. */
export function Player({ userId }: { userId: string }) {
  const wallet = useWallet();
  const queries = useQueryClient();
  const [isErased, setErased] = useState(false);
  const account = useQuery({ queryKey: ['account', userId], queryFn: () => wallet.accounts.get(userId) });
  /** Nothing of the person stays in this tab: other pages may have it too. */
  const forget = () => {
    setErased(true);
    forgetDrafts();
    queries.getMutationCache().clear();
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'assets' });
  };
  return (
    <>
      {isErased && <Erased />}
      <Loaded query={account}>
        {({ name, status, createdAt }) => (
          <Page
            title={userId}
            aside={
              <div className="acts">
                {[grant, adjust, rename, ...STATUS_ACTS[status]].map((actOn) => (
                  <ActButton key={actOn(userId).title} act={actOn(userId)} />
                ))}
                <ActButton act={erase(userId)} onDone={forget} />
              </div>
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
            <Timeline userId={userId} />
            <BalanceChart userId={userId} />
          </Page>
        )}
      </Loaded>
    </>
  );
}

function Erased() {
  const focused = (alert: HTMLDivElement | null) => alert?.focus();
  return (
    <Alert
      ref={focused}
      tabIndex={-1}
      color="teal"
      variant="outline"
      role="status"
      title="The account was erased"
      mb="md"
    >
      The service answers now that there is no such player. The userId is free again.
    </Alert>
  );
}
