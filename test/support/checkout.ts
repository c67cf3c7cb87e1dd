import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './cluster';

const LINKED = [
  'functions',
  'generated',
  'infra',
  'lib',
  'sql',
  'node_modules',
  'package.json',
  'tsconfig.json',
];

export interface Ended {
  code: number | null;
  printed: string;
}

/** A running service, with all that it has printed so far. */
export interface Service {
  child: ChildProcess;
  printed(): string;
  /** Signals it and waits for its end; its exit code. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire gave.
export type Json = any;

/** A checkout of its own, as a user has it: the sources by reference, the data and logs apart. */
export interface Checkout {
  folder: string;
  port: number;
  /** One command, which goes on. */
  launch(
    script: string,
    args?: string[],
    env?: Record<string, string>,
    options?: SpawnOptions,
  ): Omit<Service, 'stop'>;
  /** One command, to its end. */
  run(script: string, args?: string[], env?: Record<string, string>, options?: SpawnOptions): Promise<Ended>;
  /** The service, once it has greeted. Rejects with what it printed when it ends before. */
  start(env?: Record<string, string>): Promise<Service>;
  get(url: string): Promise<Json>;
  post(url: string, body: object): Promise<{ status: number; replayed: string | null } & Json>;
  /** Deletes the database and the folder. */
  close(): Promise<void>;
}

export async function checkOut(): Promise<Checkout> {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-start-'));
  await chmod(folder, 0o755);
  for (const name of LINKED) {
    await symlink(path.resolve(name), path.join(folder, name));
  }
  const port = await freePort();
  const launch: Checkout['launch'] = (script, args = [], env = {}, options = {}) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: folder,
      env: { ...process.env, ...env },
      ...options,
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    return { child, printed: () => Buffer.concat(chunks).toString() };
  };
  const checkout: Checkout = {
    folder,
    port,
    launch,
    run(script, args = [], env = {}, options = {}) {
      const { child, printed } = launch(script, args, env, options);
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve({ code, printed: printed() }));
      });
    },
    start(env = {}) {
      const { child, printed } = launch('infra/local/serve.ts', [], {
        PORT: String(port),
        LISTEN_HOST: '127.0.0.1',
        ...env,
      });
      const stop: Service['stop'] = (signal = 'SIGTERM') =>
        new Promise((resolve) => {
          child.once('exit', (code) => resolve(code));
          child.kill(signal);
        });
      return new Promise((resolve, reject) => {
        child.stdout?.on('data', () => printed().includes('Ctrl-C') && resolve({ child, printed, stop }));
        child.once('exit', (code) => reject(new Error(`ended with ${code}: ${printed()}`)));
      });
    },
    get: async (url) => (await fetch(`http://127.0.0.1:${port}${url}`)).json(),
    async post(url, body) {
      const reply = await fetch(`http://127.0.0.1:${port}${url}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return {
        status: reply.status,
        replayed: reply.headers.get('idempotency-replayed'),
        ...((await reply.json()) as Json),
      };
    },
    async close() {
      await checkout.run('infra/local/reset.ts');
      await rm(folder, { recursive: true, force: true });
    },
  };
  return checkout;
}
