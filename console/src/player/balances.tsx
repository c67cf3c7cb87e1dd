import type { Balance, Lot } from '@game-wallet/client';
import { Stack } from '@mantine/core';
import { amountText, moneyText } from '../ui/amount';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Section } from '../ui/section';
import { Short } from '../ui/short';
import { Time } from '../ui/time';
import { useBalances, useLots } from './queries';

const BALANCES: Column<Balance>[] = [
  { title: 'Asset', value: ({ assetName, assetCode }) => `${assetName} (${assetCode})` },
  {
    title: 'Balance',
    value: ({ balance, assetCode }) => <b>{amountText(balance, assetCode)}</b>,
    isAmount: true,
  },
  { title: 'Held', value: ({ held, assetCode }) => amountText(held, assetCode), isAmount: true },
  {
    title: 'Available',
    value: ({ available, assetCode }) => amountText(available, assetCode),
    isAmount: true,
  },
  { title: 'Paid', value: ({ paid, assetCode }) => amountText(paid, assetCode), isAmount: true },
  { title: 'Free', value: ({ free, assetCode }) => amountText(free, assetCode), isAmount: true },
  { title: 'Expires next', value: nextExpiry },
];

const LOTS: Column<Lot>[] = [
  { title: 'Asset', value: ({ assetCode }) => assetCode },
  { title: 'Amount', value: ({ amount, assetCode }) => amountText(amount, assetCode), isAmount: true },
  { title: 'Held', value: ({ held, assetCode }) => amountText(held, assetCode), isAmount: true },
  { title: 'Origin', value: ({ origin }) => origin },
  { title: 'Source', value: ({ source }) => source ?? '' },
  { title: 'Cost', value: ({ cost }) => cost && moneyText(cost.amount, cost.currency) },
  { title: 'Priority', value: ({ priority }) => priority },
  { title: 'Expires', value: ({ expiresAt }) => (expiresAt === null ? 'never' : <Time at={expiresAt} />) },
  { title: 'Id', value: ({ lotId }) => <Short text={lotId} /> },
];

function nextExpiry({ nextExpiry: next, assetCode }: Balance) {
  return next ? (
    <>
      {moneyText(next.amount, assetCode)} on <Time at={next.at} />
    </>
  ) : (
    ''
  );
}

/** As many lots are shown without a press. */
const FEW = 6;

/** What the player has of each asset, and the lots of those that keep them. */
export function Balances({ userId }: { userId: string }) {
  const [balances, lots] = [useBalances(userId), useLots(userId)];
  return (
    <Section title="Balances">
      <Stack>
        <Loaded query={balances}>
          {(rows) => (
            <Records
              caption="Balances"
              rows={rows}
              columns={BALANCES}
              keyOf={({ assetCode }) => assetCode}
              none="The player has never had anything."
            />
          )}
        </Loaded>
        <Loaded query={lots}>
          {(rows) =>
            rows.length > 0 && (
              <details open={rows.length <= FEW}>
                <summary>Lots, in the order in which they burn ({rows.length})</summary>
                <Records caption="Lots" rows={rows} columns={LOTS} keyOf={({ lotId }) => lotId} none="" />
              </details>
            )
          }
        </Loaded>
      </Stack>
    </Section>
  );
}
