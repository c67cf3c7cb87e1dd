import { loadJob } from '../../../infra/local/schedule';
import { toContext } from '../../../lib/http/gateway-event';
import { homeOf } from '../../../lib/ledger/home';
import { key, openAccounts, openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
  await openAccounts(wallet, 'ann');
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => wallet.close());

const HOUR_MILLIS = 3_600_000;
const reconcile = async () => (await loadJob('jobs/reconcile'))({}, toContext('jobs/reconcile', 60_000));
const topup = async () => {
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
  return (await wallet.call('wallet/topup', { body })).body.data.transactionId;
};
/** Whose ids the service makes from now on: of a clock that is so many hours off. */
const setClockOff = (hours: number) => {
  const now = Date.now;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + hours * HOUR_MILLIS);
};

test.each([-48, -3, 0, 3, 48])(
  'an incremental run finds a changed amount though the clock of the service is %d hours off',
  async (hours) => {
    expect(await reconcile()).toMatchObject({ discrepancies: 0 });
    setClockOff(hours);
    const ids = [await topup(), await topup(), await topup()];
    jest.restoreAllMocks();
    await wallet.sql('UPDATE journal SET amount = amount + 100 WHERE id = $1', [ids[1]]);
    const { discrepancies } = await reconcile();
    expect(discrepancies).toBeGreaterThan(0);
    const found = (await wallet.call('admin/reconciliation')).body.data.discrepancies;
    expect(found).toContainEqual(
      expect.objectContaining({
        check: 'chain',
        transactionId: ids[1],
        userId: 'ann',
        assetCode: 'GOLD_COIN',
      }),
    );
    await wallet.sql('UPDATE journal SET amount = amount - 100 WHERE id = $1', [ids[1]]);
    expect(await reconcile()).toMatchObject({ discrepancies: 0 });
  },
);

test('a run starts before the first row that was not yet committed at the last run', async () => {
  await reconcile();
  await wallet.sql('BEGIN ISOLATION LEVEL SERIALIZABLE');
  const [{ id }] = await wallet.sql(
    `SELECT transaction_id AS id
     FROM post_transaction(
       ${homeOf('user_001')}, 'TOP_UP', '$treasury', 'user_001', 'GOLD_COIN', 1, 'late', 'x')`,
  );
  await wallet.sql('UPDATE journal SET amount = amount + 100 WHERE id = $1', [id]);
  await topup();
  // It cannot see the row that is wrong.
  expect(await reconcile()).toMatchObject({ discrepancies: 0 });
  await wallet.sql('COMMIT');
  expect((await reconcile()).discrepancies).toBeGreaterThan(0);
  await wallet.sql('UPDATE journal SET amount = amount - 100 WHERE id = $1', [id]);
  expect(await reconcile()).toMatchObject({ discrepancies: 0 });
});

test('a run checks everything if the cluster’s transaction counter has restarted', async () => {
  const id = await topup();
  await reconcile();
  await wallet.sql('UPDATE journal SET amount = amount + 100 WHERE id = $1', [id]);
  await wallet.sql("UPDATE reconciliation_runs SET upto = '9000000000000'");
  expect((await reconcile()).discrepancies).toBeGreaterThan(0);
  await wallet.sql('UPDATE journal SET amount = amount - 100 WHERE id = $1', [id]);
  expect(await reconcile()).toMatchObject({ discrepancies: 0 });
});

test('a run reports only the first thousand discrepancies, each with its asset', async () => {
  await wallet.sql(`
    INSERT INTO journal SELECT (jsonb_populate_record(j, jsonb_build_object(
      'id', id_of(j.home, 'planted ' || n), 'xact', pg_current_xact_id()::text,
      'idempotency_key', 'planted ' || n, 'debit_seq', 1000000 + 2 * n, 'credit_seq', 1000000 + 2 * n))).*
    FROM journal j, generate_series(1, 1200) AS n
    WHERE j.idempotency_key = 'seed:user_001:GOLD_COIN'`);
  expect(await reconcile()).toMatchObject({ discrepancies: 1_000 });
  const { discrepancies } = (await wallet.call('admin/reconciliation')).body.data;
  await wallet.sql("DELETE FROM journal WHERE idempotency_key LIKE 'planted %'");
  expect(new Set(discrepancies.map(({ assetCode }: { assetCode: string }) => assetCode))).toEqual(
    new Set(['GOLD_COIN']),
  );
});
