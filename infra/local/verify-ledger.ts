import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { anchorsOf } from '../../lib/app/anchors';
import { checkpointConfig } from '../../lib/app/key-settings';
import { verifyLedger } from '../../lib/app/verify';
import { monotonicMillis } from '../../lib/base/time';
import { main } from './main';
import { withAudit } from './one-shot';

const DAY_MILLIS = 86_400_000;
/** Characters of the bar. */
const WIDTH = 40;

/**
 * Holds the ledger against its checkpoints, and ends with 1 when something does not fit. It reads as the login
 * of the settings, and changes nothing. `--anchors`: a
 * folder or s3://bucket/prefix, in place of the setting. `--key`: a file with the public key that must have
 * signed.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { anchors: { type: 'string' }, key: { type: 'string' } } });
  await withAudit(async (audit, settings, title) => {
    const call = { deadline: monotonicMillis() + DAY_MILLIS, retries: [] };
    const found = await verifyLedger(
      {
        audit,
        anchors: anchorsOf(values.anchors ?? checkpointConfig(settings, title).anchors),
        publicKey: values.key && readFileSync(values.key, 'utf8'),
        now: Date.now(),
        progress: showProgress,
      },
      call,
    );
    const { misfits, checkpoints, transactions } = found;
    process.stderr.write('\n');
    for (const { fault, message } of misfits) {
      process.stdout.write(`${fault}: ${message}\n`);
    }
    process.stdout.write(
      misfits.length === 0
        ? `All ${transactions} transactions of ${checkpoints} checkpoints are as they were signed.\n`
        : `${transactions} transactions of ${checkpoints} checkpoints were looked at.\n`,
    );
    process.exitCode = misfits.length === 0 ? 0 : 1;
  });
}

function showProgress(done: number, all: number): void {
  const share = all === 0 ? 1 : done / all;
  const bar = '#'.repeat(Math.min(WIDTH, Math.round(share * WIDTH))).padEnd(WIDTH, '.');
  process.stderr.write(`\r[${bar}] ${done} of ${all} transactions`);
}

void main(run);
