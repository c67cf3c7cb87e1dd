import { useApp } from '../../../lib/app/app';
import { createCounter } from '../../../lib/app/observability';
import { monotonicMillis } from '../../../lib/base/time';
import { toContext } from '../../../lib/http/gateway-event';
import { job, sweep } from '../../../lib/http/job';
import { openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

test('a job reports its counts to the log and the metrics, and returns them', async () => {
  const printed: string[] = [];
  const spy = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((line) => printed.push(String(line)) > 0);
  useApp({ ...wallet.app, count: createCounter({ ...wallet.config, metrics: true }) });
  const counts = await job('jobs/some', async () => ({ discrepancies: 2 }))(
    {},
    toContext('jobs/some', 5_000),
  );
  spy.mockRestore();
  useApp(wallet.app);
  expect(counts).toEqual({ discrepancies: 2 });
  expect(JSON.parse(printed.join(''))).toMatchObject({
    job: 'jobs/some',
    discrepancies: 2,
    Duration: expect.any(Number),
  });
  expect(JSON.parse(wallet.lines.at(-1) ?? '')).toMatchObject({
    message: 'job done',
    job: 'jobs/some',
    discrepancies: 2,
  });
});

test('a failed job is logged and throws its error, so that the scheduler tries again', async () => {
  const failing = job('jobs/some', () => Promise.reject(new Error('the disk is gone')));
  await expect(failing({}, toContext('jobs/some', 5_000))).rejects.toThrow('the disk is gone');
  expect(wallet.lines.at(-1)).toContain('job failed');
});

test('a sweep runs slice by slice until one finds nothing or its time is over', async () => {
  const slices = [3, 2, 0];
  const endless = { deadline: Number.POSITIVE_INFINITY, retries: [] };
  expect(await sweep(endless, async () => slices.shift() ?? 9)).toBe(5);
  expect(await sweep({ deadline: monotonicMillis(), retries: [] }, async () => 7)).toBe(7);
});
