import { spawn } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sleep } from '../../lib/base/time';
import { freePort } from './cluster';
import { PASSWORDS } from './server';
import type { Certificate } from './tls';

export interface Pooler {
  port: number;
  stop(): Promise<void>;
}

/**
 * Server connections per database and login: fewer than the workers of the concurrency tests, so that
 * sessions change hands.
 */
const POOL_SIZE = 8;

/**
 * Debian's PgBouncer with the configuration of docker-compose, in front of the run's PostgreSQL. With a
 * certificate it takes nobody without TLS, as RDS Proxy does, and speaks it with the server too. Throws when
 * it is not installed.
 */
export async function startPooler(postgresPort: number, tls?: Certificate): Promise<Pooler> {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-pooler-'));
  const port = await freePort();
  const configured = (await readFile('infra/local/pgbouncer.ini', 'utf8'))
    .replace('host=postgres port=5432', `host=127.0.0.1 port=${postgresPort}`)
    .replace('0.0.0.0', '127.0.0.1')
    .replace('listen_port = 6432', `listen_port = ${port}`)
    .replace('/tmp/userlist.txt', path.join(folder, 'userlist.txt'))
    .replace(/default_pool_size = \d+/, `default_pool_size = ${POOL_SIZE}`);
  await writeFile(
    path.join(folder, 'pgbouncer.ini'),
    configured + (tls ? await tlsSettings(folder, tls) : ''),
  );
  const users = Object.entries(PASSWORDS).map(([user, password]) => `"${user}" "${password}"\n`);
  await writeFile(path.join(folder, 'userlist.txt'), users.join(''));
  await chmod(folder, 0o755);
  // It refuses to run as root, as PostgreSQL does.
  const asUser = process.getuid?.() === 0 ? ['--user=postgres'] : [];
  const child = spawn('/usr/sbin/pgbouncer', [...asUser, '--quiet', path.join(folder, 'pgbouncer.ini')], {
    stdio: 'inherit',
  });
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`PgBouncer ended with ${code}`)));
  });
  ended.catch(() => undefined);
  await Promise.race([ended, untilListening(port)]);
  return {
    port,
    async stop() {
      child.kill('SIGTERM');
      await ended.catch(() => undefined);
      await rm(folder, { recursive: true });
    },
  };
}

async function tlsSettings(folder: string, { certFile, keyFile }: Certificate): Promise<string> {
  // It runs as another user, and this key is of this run alone.
  const readableKey = path.join(folder, 'key.pem');
  await copyFile(keyFile, readableKey);
  await chmod(readableKey, 0o644);
  return `
client_tls_sslmode = require
client_tls_cert_file = ${certFile}
client_tls_key_file = ${readableKey}
server_tls_sslmode = require
`;
}

async function untilListening(port: number): Promise<void> {
  const tryOnce = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
  while (!(await tryOnce())) {
    await sleep(50);
  }
}
