import { type Checkpoint, checkpointFault } from '@game-wallet/client';
import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../session/session';
import { countText } from '../ui/amount';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';
import { Short } from '../ui/short';
import { Time } from '../ui/time';

type Checked = Checkpoint & { fault: string | undefined };

const COLUMNS: Column<Checked>[] = [
  { title: 'Number', value: ({ number }) => number },
  { title: 'Signed', value: ({ signedAt }) => <Time at={signedAt} /> },
  { title: 'Transactions and erasures', value: ({ size }) => countText(size), isAmount: true },
  { title: 'Root', value: ({ root }) => <Short text={root} /> },
  {
    title: 'Signature',
    value: ({ fault }) => (
      <Badge variant="outline" color={fault === undefined ? 'teal' : 'red'}>
        {fault ?? 'valid'}
      </Badge>
    ),
  },
];

/** The last signed checkpoints, each signature verified in this browser. */
export function Checkpoints() {
  const { wallet, publicKey } = useSession();
  const query = useQuery({
    queryKey: ['checkpoints'],
    queryFn: async () => {
      const { checkpoints } = await wallet.proofs.list({ limit: 20 });
      const checked = checkpoints.map(async (checkpoint) => ({
        ...checkpoint,
        fault: await checkpointFault(checkpoint, publicKey),
      }));
      return (await Promise.all(checked)).sort((one, other) =>
        other.number.localeCompare(one.number, 'en', { numeric: true }),
      );
    },
  });
  return (
    <Page title="Checkpoints">
      <Section title="The last ones">
        <Loaded query={query}>
          {(rows) => (
            <Records
              caption="Checkpoints"
              rows={rows}
              columns={COLUMNS}
              keyOf={({ number }) => number}
              none="There is no checkpoint yet. One is made each minute in which something was posted."
            />
          )}
        </Loaded>
      </Section>
    </Page>
  );
}
