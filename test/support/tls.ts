import { chmod, chown, copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate } from 'selfsigned';
import type { EmbeddedPostgres } from '../../infra/local/postgres';
import { withAdmin } from '../../lib/db/migrate';

/** A certificate of this run for `localhost`, its own authority. */
export interface Certificate {
  certFile: string;
  keyFile: string;
  remove(): Promise<void>;
}

export async function makeCertificate(): Promise<Certificate> {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-tls-'));
  const [certFile, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  const { cert, private: privateKey } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keySize: 2048,
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  });
  await writeFile(certFile, cert);
  await writeFile(keyFile, privateKey);
  await chmod(folder, 0o755);
  return { certFile, keyFile, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A running server takes connections with TLS from now on; without it too, from this machine. */
export async function enableTls(
  postgres: EmbeddedPostgres,
  { certFile, keyFile }: Certificate,
): Promise<void> {
  const dataFolder = path.join(postgres.folder, 'postgres');
  const { uid, gid } = await stat(dataFolder);
  for (const [from, name] of [
    [certFile, 'server.crt'],
    [keyFile, 'server.key'],
  ] as const) {
    const file = path.join(dataFolder, name);
    await copyFile(from, file);
    await chmod(file, 0o600);
    await chown(file, uid, gid);
  }
  await withAdmin(postgres.admin, async (client) => {
    await client.query('ALTER SYSTEM SET ssl = on');
    await client.query('SELECT pg_reload_conf()');
  });
}
