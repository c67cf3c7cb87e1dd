import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQL_FOLDER } from '../../../infra/local/database';
import type { MigratorConfig } from '../../../lib/app/config';
import { migrateDeployment } from '../../../lib/app/migrator';
import { rolesOf } from '../../../lib/base/roles';
import { withAdmin } from '../../../lib/db/migrate';
import { type SecretsManager, startSecretsManager } from '../../support/secrets-manager';
import { testServer } from '../../support/server';

let secrets: SecretsManager;
let config: MigratorConfig;
let newer: string;
beforeAll(async () => {
  const name = `deploy_${randomUUID().slice(0, 8)}`;
  const { host, port, user = '', password } = testServer();
  secrets = await startSecretsManager({
    'arn:owner': { username: user, password: String(password) },
    'arn:writer': { username: rolesOf(name).app, password: 'secret' },
  });
  Object.assign(process.env, secrets.environment);
  config = {
    host,
    port,
    name,
    tls: false,
    owner: { secretArn: 'arn:owner' },
    logins: [{ secretArn: 'arn:writer' }],
  };
  newer = await mkdtemp(path.join(tmpdir(), 'wallet-sql-'));
  await cp(SQL_FOLDER, newer, { recursive: true });
  await writeFile(path.join(newer, 'migrations/0999_next.sql'), 'SELECT 1');
});
afterAll(async () => {
  secrets.close();
  await rm(newer, { recursive: true });
});

test('a deployment makes the database of its title, and the title’s roles can log in', async () => {
  const first = await migrateDeployment(config, SQL_FOLDER);
  expect(first.applied).toContain('migrations/0002_ledger.sql');
  const login = { user: rolesOf(config.name).app, password: 'secret' };
  await withAdmin({ ...testServer(), database: config.name, ...login }, async () => undefined);
});

test('a deployment that is rolled back leaves the newer database alone, and succeeds', async () => {
  expect((await migrateDeployment(config, newer)).applied).toContain('migrations/0999_next.sql');
  expect(await migrateDeployment(config, SQL_FOLDER)).toEqual({
    applied: [],
    skipped: 'this database was migrated by a newer version of the service (migrations/0999_next.sql)',
  });
  expect((await migrateDeployment(config, newer)).applied).toEqual([]);
});

test('any other error of the migration fails the deployment', async () => {
  const owner = { secretArn: 'arn:writer' };
  await expect(migrateDeployment({ ...config, name: 'unmade', owner }, newer)).rejects.toThrow(
    'permission denied',
  );
});
