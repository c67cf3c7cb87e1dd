import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Redirect, useSearchParams } from 'wouter';
import { useWallet } from '../session/session';
import { To } from '../ui/links';
import { Loaded } from '../ui/loaded';
import { Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { type Hit, lookUp, MOST } from './lookup';

const COLUMNS = [
  { title: 'What', value: ({ what }: Hit) => what },
  { title: 'Id', value: ({ id, path }: Hit) => <To path={path}>{id}</To> },
  { title: 'About', value: ({ about }: Hit) => about },
];

const NONE = 'No player, key, transaction, hold or group has this name.';

export function Find() {
  const [params] = useSearchParams();
  const text = params.get('q');
  return <Page title="Find">{text === null ? <Hint /> : <Hits text={text} />}</Page>;
}

function Hits({ text }: { text: string }) {
  const wallet = useWallet();
  const query = useQuery({ queryKey: ['find', text], queryFn: () => lookUp(wallet, text) });
  return (
    <Section title={`Found for “${text}”`}>
      <Loaded query={query}>
        {({ hits, mayList }) =>
          hits.length === 1 && hits[0] ? (
            <Redirect to={hits[0].path} replace />
          ) : (
            <>
              <Records
                caption={`Found for ${text}`}
                rows={hits}
                columns={COLUMNS}
                keyOf={({ what, id }) => `${what} ${id}`}
                none={mayList ? `${NONE} No userId begins so.` : NONE}
              />
              {!mayList && (
                <Text size="sm">
                  This token may not list players: that needs the scope wallet:admin. So the beginning of a
                  userId finds nobody, but an exact userId does.
                </Text>
              )}
              {hits.filter(({ what }) => what === 'Player').length >= MOST && (
                <Text size="sm">There may be more players. Write more of the userId.</Text>
              )}
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Hint() {
  return (
    <Section title="What to type above">
      <List size="sm">
        <List.Item>the userId of a player, or how it begins</List.Item>
        <List.Item>the idempotency key of a request</List.Item>
        <List.Item>the id of a transaction, of a hold, or of a group of transactions</List.Item>
      </List>
      <Text size="sm" c="dimmed">
        When only one thing is found, its page opens at once.
      </Text>
    </Section>
  );
}
