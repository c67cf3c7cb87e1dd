import { execFile } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Two packs at once would build into one folder. */
const LOCK = path.resolve('client/.packing');
/** Milliseconds after which a lock is one of a process that was killed. */
const STALE_MILLIS = 60_000;

/** Packs the client and installs it, as a user does, in a folder that it makes. */
export async function installClient(project: string): Promise<void> {
  await mkdir(project, { recursive: true });
  await locked(async () => {
    const args = ['pack', '--workspace', 'client', '--pack-destination', project, '--silent'];
    const { stdout } = await run('npm', args);
    await writeFile(path.join(project, 'package.json'), '{ "private": true }');
    await run('npm', ['install', '--offline', `./${stdout.trim().split('\n').at(-1)}`], { cwd: project });
  });
}

async function locked(work: () => Promise<void>): Promise<void> {
  while (
    !(await mkdir(LOCK).then(
      () => true,
      () => false,
    ))
  ) {
    const { mtimeMs } = await stat(LOCK).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > STALE_MILLIS) {
      await rm(LOCK, { recursive: true, force: true });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  try {
    await work();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}
