import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { sleep } from '../../lib/base/time';
import { type AdminConnection, withAdmin } from '../../lib/db/migrate';

/** The server of a node of the cluster, which runs on this machine. */
export interface NodeServer {
  /** SIGKILL of its first process: the others die by themselves. */
  kill(): Promise<void>;
  /** Starts it again, and waits until it takes connections. */
  restart(): Promise<void>;
}

/** Tries at a start while the processes of a killed server still hold its memory. */
const START_TRIES = 100;

/** Whoever may log in as superuser may ask a server where it lives. */
export async function openNodeServer(node: AdminConnection): Promise<NodeServer> {
  const ask = (text: string): Promise<string> =>
    withAdmin(node, async (client) => (await client.query(text)).rows[0].told);
  const folder = await ask(`SELECT current_setting('data_directory') AS told`);
  const programs = await ask(`SELECT setting AS told FROM pg_config WHERE name = 'BINDIR'`);
  const { uid, gid } = await stat(folder);
  const owner = process.getuid?.() === 0 ? { uid, gid } : {};
  return {
    async kill() {
      const pid = await ask(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS told`);
      process.kill(Number(pid), 'SIGKILL');
    },
    async restart() {
      for (let attempt = 1; ; attempt++) {
        try {
          await promisify(execFile)(
            `${programs}/pg_ctl`,
            ['-D', folder, '-l', `${folder}.log`, '-w', '-t', '60', 'start'],
            { ...owner, cwd: '/' },
          );
          return;
        } catch (error) {
          if (attempt === START_TRIES) {
            throw error;
          }
          await sleep(100);
        }
      }
    },
  };
}
