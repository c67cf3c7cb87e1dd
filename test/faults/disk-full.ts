/**
 * Fills the disk under the database while callers post: clear retryable errors, nothing half done, and when
 * there is room again the same service goes on. Run by npm run test:faults; needs root, for a small tmpfs,
 * and says so where it has not.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { openCluster } from '../support/cluster';
import { discrepancies } from '../support/reconcile';
import { openWallet } from '../support/wallet';
import { type Answer, drive, GEM, judge, type Operation, prepareWorkload } from '../support/workload';

/** initdb takes about 40, and PostgreSQL's log of changes 16 a piece. */
const DISK_MEGABYTES = 200;
const FULL_MILLIS = 4_000;
const USERS = ['disk_a', 'disk_b', 'disk_c', 'disk_d'];

async function main(): Promise<void> {
  if (process.getuid?.() !== 0) {
    process.stdout.write('disk full: not tried, a small tmpfs needs root\n');
    return;
  }
  const disk = await mkdtemp(path.join(tmpdir(), 'game-wallet-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m,mode=755`, 'tmpfs', disk]);
  try {
    await fill(disk);
  } finally {
    execFileSync('umount', ['--lazy', disk]);
    await rm(disk, { recursive: true });
  }
}

async function fill(disk: string): Promise<void> {
  await chmod(disk, 0o755);
  const cluster = await openCluster(['-c max_wal_size=32MB', '-c min_wal_size=32MB'], disk);
  const wallet = await openWallet({
    server: cluster.admin,
    database: { poolMax: 8 },
    service: { logLevel: 'error' },
  });
  await prepareWorkload(wallet, USERS, ['GOLD_COIN', 'DIAMOND', GEM]);
  const told: Record<string, number> = {};
  const send = async ({ route, path, body }: Operation): Promise<Answer> => {
    const reply = await wallet.call(route, { path, body, timeoutMillis: 2_000 });
    const what = reply.status === 201 ? 'posted' : reply.body.error.code;
    told[what] = (told[what] ?? 0) + 1;
    return reply;
  };
  const load = drive({
    users: USERS,
    assets: ['GOLD_COIN', 'DIAMOND', GEM],
    workers: 8,
    millis: FULL_MILLIS + 3_000,
    patienceMillis: 60_000,
    send,
  });
  await sleep(1_000);
  const { bavail, bsize } = await statfs(disk);
  await writeFile(path.join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - 256 * 1024))).catch(
    () => undefined,
  );
  const fullUntil = monotonicMillis() + FULL_MILLIS;
  while (told.DATABASE_UNAVAILABLE === undefined && monotonicMillis() < fullUntil + 20_000) {
    await sleep(100);
  }
  await rm(path.join(disk, 'filler'));
  // PostgreSQL shuts down when it cannot write its log of changes; whoever runs it starts it again. The
  // service stays as it is.
  await cluster.restart();
  const records = await load;
  const { lost, ghosts, doubled, ...counts } = await judge(wallet, records);
  process.stdout.write(`disk full: ${JSON.stringify({ ...counts, lost: lost.length, told })}\n`);
  assert.deepEqual({ lost, ghosts, doubled }, { lost: [], ghosts: [], doubled: [] });
  assert.deepEqual(await discrepancies(wallet), {});
  assert.equal(counts.unanswered, 0);
  assert.ok((told.DATABASE_UNAVAILABLE ?? 0) > 0, 'the disk was never full');
  assert.equal(told.INTERNAL, undefined);
  await wallet.close();
  await cluster.close();
}

await main();
