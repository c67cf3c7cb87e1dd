import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { anchorsOf } from '../../lib/app/anchors';
import { outsideConfig } from '../../lib/app/key-settings';
import { keyIdOf } from '../../lib/app/signing';
import { verifyLedger } from '../../lib/app/verify';
import { monotonicMillis } from '../../lib/base/time';
import { main } from './main';
import { withAudit } from './one-shot';

const DAY_MILLIS = 86_400_000;
/** Characters of the bar. */
const WIDTH = 40;

/**
 * Holds the ledger against its checkpoints, and ends with 1 when something does not fit. It reads as the login
 * of the settings, and changes nothing. `--anchors`: a folder or s3://bucket/title, in place of the setting.
 * `--key`: a file with a public key; one of those that were given must have signed each checkpoint.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { anchors: { type: 'string' }, key: { type: 'string', multiple: true } },
  });
  await withAudit(async (audit, settings, title) => {
    const call = { deadline: monotonicMillis() + DAY_MILLIS, retries: [] };
    const found = await verifyLedger(
      {
        audit,
        anchors: anchorsOf(
          placeOf(values.anchors, title) ?? outsideConfig(settings, title).checkpoints.anchors,
        ),
        publicKeys: (values.key ?? []).map(readPublicKey),
        now: Date.now(),
        progress: showProgress,
      },
      call,
    );
    const { misfits, restores, checkpoints, transactions } = found;
    process.stderr.write('\n');
    for (const message of restores) {
      process.stdout.write(`restored: ${message}\n`);
    }
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

/** The title's folder where it lies in the one that was named, as it does in that of the setting. */
function placeOf(named: string | undefined, title: string): string | undefined {
  const own = named === undefined ? '' : path.join(named, title);
  return existsSync(own) ? own : named;
}

function readPublicKey(file: string): string {
  const pem = readFileSync(file, 'utf8');
  try {
    keyIdOf(pem);
  } catch {
    throw new Error(`${file} is no public key in PEM`);
  }
  return pem;
}

function showProgress(done: number, all: number): void {
  const share = all === 0 ? 1 : done / all;
  const bar = '#'.repeat(Math.min(WIDTH, Math.round(share * WIDTH))).padEnd(WIDTH, '.');
  process.stderr.write(`\r[${bar}] ${done} of ${all} transactions`);
}

void main(run);
