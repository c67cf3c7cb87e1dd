import { schedules } from '../../../functions/schedules';
import { startSchedules } from '../../../infra/local/schedule';
import { sleep } from '../../../lib/base/time';
import { openWallet } from '../../support/wallet';

test('only the job that delivers events runs before the first wait', async () => {
  const wallet = await openWallet();
  const stop = startSchedules(600_000);
  wallet.app.stop();
  await stop();
  const done = wallet.lines.map((line) => JSON.parse(line)).filter(({ message }) => message === 'job done');
  expect(done.map(({ job }) => job)).toEqual(['jobs/deliver-events']);
  await wallet.close();
});

test('every job runs once after the first wait, even the daily one', async () => {
  const wallet = await openWallet();
  const runs = (): string[] =>
    wallet.lines.flatMap((line) => {
      const { message, job } = JSON.parse(line);
      return message === 'job done' ? [job] : [];
    });
  const stop = startSchedules(1);
  while (runs().length < schedules.length - 1) {
    await sleep(20);
  }
  // The one that goes on for as long as it may, ends with the process.
  wallet.app.stop();
  await stop();
  expect(runs().sort()).toEqual(schedules.map(({ id }) => id).sort());
  await wallet.close();
});
