import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '../../infra/local/postgres';
import { sleep } from '../../lib/base/time';

/** A durable PostgreSQL that a test may kill, pause and starve. */
export interface Cluster {
  admin: EmbeddedPostgres['admin'];
  /** Where its data and its log are. */
  folder: string;
  /** SIGKILL of the postmaster: its children die by themselves. */
  kill(): Promise<void>;
  /** Starts what was killed, on the same port; waits for the recovery. `environment` is the new server's. */
  restart(environment?: Record<string, string>): Promise<void>;
  /** SIGSTOP and SIGCONT of every process of the server. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

/** Tries at a start while the processes of a killed server still hold its memory. */
const START_TRIES = 50;

export async function openCluster(flags: string[] = [], parent: string = tmpdir()): Promise<Cluster> {
  const folder = await mkdtemp(path.join(parent, 'game-wallet-cluster-'));
  const allFlags = [`-p ${await freePort()}`, ...flags];
  let postgres = await startPostgres(folder, allFlags);
  const postmaster = async (): Promise<number> =>
    Number((await readFile(path.join(postgres.folder, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
  const signalAll = async (signal: NodeJS.Signals): Promise<void> => {
    const parent = await postmaster();
    for (const pid of [parent, ...(await childrenOf(parent))]) {
      process.kill(pid, signal);
    }
  };
  return {
    admin: postgres.admin,
    folder: postgres.folder,
    async kill() {
      process.kill(await postmaster(), 'SIGKILL');
    },
    async restart(environment = {}) {
      for (let attempt = 1; ; attempt++) {
        try {
          const killed = postgres;
          postgres = await startPostgres(folder, allFlags, { environment });
          // Its share has joined again, and would keep the new one from being the last.
          await killed.stop();
          return;
        } catch (error) {
          if (attempt === START_TRIES) {
            throw error;
          }
          await sleep(100);
        }
      }
    },
    pause: () => signalAll('SIGSTOP'),
    resume: () => signalAll('SIGCONT'),
    async close() {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
      await rm(postgres.folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Linux keeps them in one file. */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').map(Number);
}
