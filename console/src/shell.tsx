import { AppShell, Burger, Button, Group, NavLink, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ComponentType, useEffect, useRef } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { Assets } from './books/assets';
import { Reconciliation } from './books/reconciliation';
import { Statement } from './books/statement';
import { TrialBalance } from './books/trial-balance';
import { Find } from './find/find';
import { SearchField } from './find/search-field';
import { Checkpoints } from './operations/checkpoints';
import { Subscribers } from './operations/subscribers';
import { Player } from './player/player';
import { useSession } from './session/session';
import { Group as GroupPage } from './transaction/group';
import { Transaction } from './transaction/transaction';
import { Time, ZONE } from './ui/time';

/** THE table of pages that the menu has. */
const MENU: { path: string; title: string; page: ComponentType }[] = [
  { path: '/', title: 'Find', page: Find },
  { path: '/assets', title: 'Assets', page: Assets },
  { path: '/trial-balance', title: 'Trial balance', page: TrialBalance },
  { path: '/statement', title: 'Statement', page: Statement },
  { path: '/reconciliation', title: 'Reconciliation', page: Reconciliation },
  { path: '/checkpoints', title: 'Checkpoints', page: Checkpoints },
  { path: '/subscribers', title: 'Subscribers', page: Subscribers },
];

export function Shell() {
  const [isOpen, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header px="md">
        <Group h="100%" wrap="nowrap">
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
          <Text fw={700} visibleFrom="sm" w={168}>
            Wallet console
          </Text>
          <SearchField />
          <Zone visibleFrom="sm" />
        </Group>
      </AppShell.Header>
      <Menu onChoose={close} />
      <AppShell.Main>
        <Pages />
      </AppShell.Main>
    </AppShell>
  );
}

/** Said once for all times of the page. */
function Zone(where: { visibleFrom?: 'sm'; hiddenFrom?: 'sm' }) {
  return (
    <Text size="xs" c="dimmed" {...where}>
      Times: {ZONE}
    </Text>
  );
}

function Menu({ onChoose }: { onChoose: () => void }) {
  const [location] = useLocation();
  return (
    <AppShell.Navbar p="xs" aria-label="Pages">
      {MENU.map(({ path, title }) => (
        <NavLink
          key={path}
          component={Link}
          href={path}
          label={title}
          active={location === path}
          aria-current={location === path ? 'page' : undefined}
          onClick={onChoose}
        />
      ))}
      <Stack gap="xs" p="xs" mt="md">
        <SignedIn />
        <Zone hiddenFrom="sm" />
      </Stack>
    </AppShell.Navbar>
  );
}

/** Who is signed in, for what and until when. */
function SignedIn() {
  const { signOut, claims } = useSession();
  const { subject, scopes, endsAt } = claims;
  return (
    signOut && (
      <>
        {subject && (
          <Text size="xs" className="breaks">
            Signed in as <b>{subject}</b>
          </Text>
        )}
        {scopes && (
          <Text size="xs" c="dimmed" className="breaks">
            {scopes.join(' ')}
          </Text>
        )}
        {endsAt && (
          <Text size="xs" c="dimmed">
            until <Time at={endsAt.toISOString()} />
          </Text>
        )}
        <Button variant="default" onClick={signOut}>
          Sign out
        </Button>
      </>
    )
  );
}

function Pages() {
  const [location] = useLocation();
  const top = useRef<HTMLDivElement>(null);
  // Who cannot see the page change hears of it, and goes on from its top.
  useEffect(() => {
    top.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
    const heading = top.current?.querySelector('h1')?.textContent;
    document.title = `${heading ?? location} - Wallet console`;
  }, [location]);
  return (
    <div ref={top} tabIndex={-1} className="page">
      <Switch>
        {MENU.map(({ path, page }) => (
          <Route key={path} path={path} component={page} />
        ))}
        <Route path="/players/:userId">{({ userId }) => <Player key={userId} userId={userId} />}</Route>
        <Route path="/transactions/:id">{({ id }) => <Transaction key={id} id={id} />}</Route>
        <Route path="/groups/:id">{({ id }) => <GroupPage key={id} id={id} />}</Route>
        <Route>There is no such page.</Route>
      </Switch>
    </div>
  );
}
