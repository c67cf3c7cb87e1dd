import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { routeList } from '../../functions/routes';
import { loadJob } from '../../infra/local/schedule';
import { exportTarget } from '../../lib/app/export-target';
import { monotonicMillis } from '../../lib/base/time';
import { exportEvents } from '../../lib/http/export';
import { toContext } from '../../lib/http/gateway-event';
import { key, openWallet, type TestWallet } from '../support/wallet';

/** Those that go along the commit order, or would. */
const JOBS = ['jobs/reconcile', 'jobs/reconcile-full', 'jobs/count-totals', 'jobs/checkpoint'] as const;

let wallet: TestWallet;
let transactionId: string;
beforeAll(async () => {
  wallet = await openWallet();
  const posted = await wallet.call('wallet/topup', {
    body: { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 5, idempotencyKey: key() },
  });
  transactionId = posted.body.data.transactionId;
});
afterAll(() => wallet.close());

test('every route that needs one commit order is refused with 501 NOT_ON_SEVERAL_NODES', async () => {
  const requests: Record<string, () => ReturnType<TestWallet['call']>> = {
    'events/list': () => wallet.call('events/list'),
    'proofs/get': () => wallet.call('proofs/get', { path: { transactionId } }),
    'proofs/list': () => wallet.call('proofs/list'),
    'proofs/consistency': () =>
      wallet.call('proofs/consistency', { path: { number: '2' }, query: { since: '1' } }),
    'subscribers/put': () =>
      wallet.call('subscribers/put', {
        path: { name: 'shop' },
        body: { kind: 'webhook', url: 'https://example.com/hook' },
      }),
  };
  const declared = routeList.filter(({ refuses }) => refuses.includes('NOT_ON_SEVERAL_NODES'));
  expect(declared.map(({ id }) => id).sort()).toEqual(Object.keys(requests).sort());
  for (const [id, send] of Object.entries(requests)) {
    const { status, body } = await send();
    expect([id, status, body.error.code, body.error.retryable]).toEqual([
      id,
      501,
      'NOT_ON_SEVERAL_NODES',
      false,
    ]);
  }
  expect((await wallet.call('subscribers/list')).body.data.subscribers).toEqual([]);
});

test('an export is refused, and verify-ledger says in one line why it does not run', async () => {
  const target = exportTarget(path.join(tmpdir(), 'game-wallet-no-export'));
  const call = { deadline: monotonicMillis() + 60_000, retries: [] };
  await expect(exportEvents(wallet.app, { target, format: 'ndjson' }, call)).rejects.toMatchObject({
    code: 'NOT_ON_SEVERAL_NODES',
  });
  const { host, port, user, database } = wallet.admin;
  const env = { ...process.env, DATABASE_URL: `postgres://${user}@${host}:${port}/${database}` };
  const command = ['--import', 'tsx', 'infra/local/verify-ledger.ts'];
  await expect(promisify(execFile)(process.execPath, command, { env })).rejects.toMatchObject({
    code: 1,
    stderr: 'a ledger on several nodes has no checkpoints to hold it against\n',
  });
});

test('a statement adds up the journals of all nodes', async () => {
  const { body } = await wallet.call('admin/statement', {
    query: { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', assetCode: 'GOLD_COIN' },
  });
  // The seed's 500 and 100, and the 5 from above.
  expect(body.data.assets[0]).toMatchObject({ opening: '0', closing: '605' });
});

test('each reconciliation looks at everything, and jobs of the commit order do nothing', async () => {
  for (const id of JOBS) {
    await (await loadJob(id))({}, toContext(id, 60_000));
  }
  const { body } = await wallet.call('admin/reconciliation');
  expect(body.data).toMatchObject({ full: true, checked: { transactions: 5 }, discrepancies: [] });
  expect(await wallet.sql('SELECT FROM totals')).toEqual([]);
  expect(await wallet.sql('SELECT FROM checkpoints')).toEqual([]);
});
