import type { Balance, Lot } from '@game-wallet/client';
import { Stack } from '@mantine/core';
import { amountText, moneyText } from '../ui/amount';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Section } from '../ui/section';
import { Time } from '../ui/time';
import { useBalances, useLots } from './queries';

const BALANCES: Column<Balance>[] = [
  { title: 'Asset', value: ({ assetName, assetCode }) => `${assetName} (${assetCode})` },
  { title: 'Balance', value: ({ balance }) => <b>{amountText(balance)}</b>, isAmount: true },
  { title: 'Held', value: ({ held = 0 }) => amountText(held), isAmount: true },
  { title: 'Available', value: ({ available = 0 }) => amountText(available), isAmount: true },
  { title: 'Paid', value: ({ paid }) => (paid === undefined ? '' : amountText(paid)), isAmount: true },
  { title: 'Free', value: ({ free }) => (free === undefined ? '' : amountText(free)), isAmount: true },
  { title: 'Expires next', value: nextExpiry },
];

const LOTS: Column<Lot>[] = [
  { title: 'Asset', value: ({ assetCode }) => assetCode },
  { title: 'Amount', value: ({ amount }) => amountText(amount), isAmount: true },
  { title: 'Held', value: ({ held }) => amountText(held), isAmount: true },
  { title: 'Origin', value: ({ origin }) => origin },
  { title: 'Source', value: ({ source }) => source ?? '' },
  { title: 'Priority', value: ({ priority }) => priority },
  { title: 'Expires', value: ({ expiresAt }) => (expiresAt === null ? 'never' : <Time at={expiresAt} />) },
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
