import type { Delivery, Subscriber } from '@game-wallet/client';
import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ActButton } from '../acts/act-button';
import { useWallet } from '../session/session';
import { countText } from '../ui/amount';
import { Facts } from '../ui/facts';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Short } from '../ui/short';
import { Time } from '../ui/time';
import { replay } from './replay';

const DELIVERIES: Column<Delivery>[] = [
  { title: 'When', value: ({ timestamp }) => <Time at={timestamp} /> },
  { title: 'Event', value: ({ type }) => type },
  { title: 'Event id', value: ({ eventId }) => eventId },
  { title: 'Status', value: ({ status, error }) => error ?? status ?? 'sent' },
];

/** Who is told of events, how far behind each one is, and its last attempts. */
export function Subscribers() {
  const wallet = useWallet();
  const query = useQuery({
    queryKey: ['subscribers'],
    queryFn: async () => (await wallet.subscribers.list()).subscribers,
    refetchInterval: 10_000,
  });
  return (
    <Page title="Subscribers">
      <Loaded query={query}>
        {(subscribers) =>
          subscribers.length === 0 ? (
            <Text>There is no subscriber.</Text>
          ) : (
            subscribers.map((subscriber) => <OneSubscriber key={subscriber.name} subscriber={subscriber} />)
          )
        }
      </Loaded>
    </Page>
  );
}

const KINDS = { webhook: 'Webhook', eventbridge: 'EventBridge bus', sqs: 'SQS queue' };

function OneSubscriber({ subscriber }: { subscriber: Subscriber }) {
  const { name, kind, url, busName, queueUrl, types, lagSeconds } = subscriber;
  const { attempts, lastError, nextTryAt, cursor, parked } = subscriber;
  return (
    <Section title={name} aside={<ActButton act={replay(name)} />}>
      <div>
        <State subscriber={subscriber} />
      </div>
      <Facts
        facts={[
          ['Lag', `${countText(lagSeconds)} s`],
          [KINDS[kind], url ?? busName ?? queueUrl],
          ['Types', types?.join(', ') ?? 'all'],
          ['Failed tries', attempts],
          // The service keeps it also after a try has passed.
          ['Last error', attempts > 0 && lastError],
          ['Next try', nextTryAt && <Time key="next" at={nextTryAt} />],
          ['Parked players', parked.map(({ userId }) => userId ?? 'events of no player').join(', ')],
          ['Cursor', <Short key="cursor" text={cursor} />],
        ]}
      />
      <Deliveries name={name} />
    </Section>
  );
}

function State({ subscriber: { enabled, attempts, parked } }: { subscriber: Subscriber }) {
  const isFailing = enabled && (attempts > 0 || parked.length > 0);
  const state = enabled ? 'enabled' : 'disabled';
  return (
    <Badge variant="outline" color={isFailing ? 'red' : enabled ? 'teal' : 'gray'}>
      {isFailing ? 'failing' : state}
    </Badge>
  );
}

function Deliveries({ name }: { name: string }) {
  const wallet = useWallet();
  const query = useQuery({
    queryKey: ['deliveries', name],
    queryFn: async () => (await wallet.subscribers.deliveries(name)).deliveries,
  });
  return (
    <details>
      <summary>The last attempts</summary>
      <Loaded query={query}>
        {(rows) => (
          <Records
            caption={`The last attempts of ${name}`}
            rows={rows}
            columns={DELIVERIES}
            keyOf={({ timestamp, eventId }) => `${timestamp} ${eventId}`}
            none="Nothing was sent yet."
          />
        )}
      </Loaded>
    </details>
  );
}
