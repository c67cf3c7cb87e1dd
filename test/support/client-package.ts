import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Two packs at once would build into one folder. */
const LOCK = path.resolve('node_modules/.packing-the-client');
/** Milliseconds after which a lock is one of a process that was killed. */
const STALE_MILLIS = 60_000;

/** Packs the client and installs it, by the commands of its README, in a folder that it makes. */
export async function installClient(project: string): Promise<void> {
  await mkdir(project, { recursive: true });
  await writeFile(path.join(project, 'package.json'), '{ "private": true }');
  const readme = await readFile('client/README.md', 'utf8');
  const [, commands = 'false'] = /^```bash\n(npm pack [\s\S]*?)^```/m.exec(readme) ?? [];
  await locked(async () => {
    await run('bash', ['-euc', commands.replaceAll('../my-game', project)], {
      env: { ...process.env, npm_config_offline: 'true' },
    });
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
