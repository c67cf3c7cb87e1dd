import { schedules } from '../../functions/schedules';
import { toContext } from '../../lib/http/gateway-event';
import { main } from './main';
import { withApp } from './one-shot';
import { loadJob } from './schedule';

/**
 * Runs one job, now: prints what it counted. A reconciliation that found discrepancies ends with 1, for
 * scripts.
 */
async function run(name: string | undefined): Promise<void> {
  const row = schedules.find(({ id }) => id === name || id === `jobs/${name}`);
  if (row === undefined) {
    throw new Error(
      `usage: npm run job -- JOB, JOB one of ${schedules.map(({ id }) => id.slice('jobs/'.length)).join(', ')}`,
    );
  }
  await withApp(async () => {
    const counts = await (await loadJob(row.id))({}, toContext(row.id, row.timeoutSeconds * 1_000));
    process.stdout.write(`${JSON.stringify(counts, null, 2)}\n`);
    process.exitCode = counts.discrepancies ? 1 : 0;
  });
}

void main(() => run(process.argv[2]));
