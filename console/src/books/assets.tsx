import type { AssetReply } from '@game-wallet/client';
import { useAssets } from '../session/assets';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';

const yes = (is: boolean | undefined): string => (is ? 'yes' : 'no');

const COLUMNS: Column<AssetReply>[] = [
  { title: 'Code', value: ({ assetCode }) => <b>{assetCode}</b> },
  { title: 'Name', value: ({ name }) => name },
  { title: 'Scale', value: ({ scale }) => scale },
  { title: 'Transferable', value: ({ transferable }) => yes(transferable) },
  { title: 'Lots', value: ({ lots }) => yes(lots) },
  { title: 'Burn order', value: ({ burnOrder }) => burnOrder ?? '' },
  { title: 'Paid expires', value: ({ lots, paidExpires }) => (lots ? yes(paidExpires) : '') },
  {
    title: 'Refund grace',
    value: ({ refundGraceSeconds }) => (refundGraceSeconds === undefined ? '' : `${refundGraceSeconds} s`),
  },
];

export function Assets() {
  const query = useAssets();
  return (
    <Page title="Assets">
      <Section title="Every asset">
        <Loaded query={query}>
          {(rows) => (
            <Records
              caption="Assets"
              rows={rows}
              columns={COLUMNS}
              keyOf={({ assetCode }) => assetCode}
              none="There is no asset."
            />
          )}
        </Loaded>
      </Section>
    </Page>
  );
}
