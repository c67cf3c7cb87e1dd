import { useQuery } from '@tanstack/react-query';
import { useWallet } from '../session/session';
import { amountText } from '../ui/amount';
import { Loaded } from '../ui/loaded';
import { type Column, Records } from '../ui/records';
import { Page, Section } from '../ui/section';

type Total = [account: string, amount: string];

const columnsOf = (assetCode: string): Column<Total>[] => [
  { title: 'Accounts', value: ([account]) => account },
  { title: 'Total', value: ([, amount]) => amountText(amount, assetCode), isAmount: true },
];

/** Per asset what each type of account has; together zero. */
export function TrialBalance() {
  const wallet = useWallet();
  const query = useQuery({
    queryKey: ['trial-balance'],
    queryFn: async () => (await wallet.reports.trialBalance()).assets,
  });
  return (
    <Page title="Trial balance">
      <Loaded query={query}>
        {(assets) =>
          assets.map(({ assetCode, totals, sum }) => (
            <Section key={assetCode} title={assetCode}>
              <Records
                caption={`Totals of ${assetCode}`}
                rows={[...(Object.entries(totals) as Total[]), ['Sum', sum] satisfies Total]}
                columns={columnsOf(assetCode)}
                keyOf={([account]) => account}
                isNarrow
                none=""
              />
            </Section>
          ))
        }
      </Loaded>
    </Page>
  );
}
