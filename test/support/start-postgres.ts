import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQL_FOLDER } from '../../infra/local/database';
import { type EmbeddedPostgres, startPostgres } from '../../infra/local/postgres';
import { createDatabase, migrate, seed, setPasswords } from '../../lib/db/migrate';
import { type Pooler, startPooler } from './pooler';
import { PASSWORDS, TEMPLATE } from './server';
import stop from './stop-postgres';

declare global {
  var testPostgres: EmbeddedPostgres | undefined;
  var testPooler: Pooler | undefined;
}

/** One PostgreSQL for the whole run, with a migrated and seeded template that each test file clones. Nothing in it must survive: no fsync. */
export default async function start(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-test-'));
  const postgres = await startPostgres(folder, ['-c fsync=off', '-c full_page_writes=off', '-c max_connections=400']);
  globalThis.testPostgres = postgres;
  try {
    await prepare(postgres);
  } catch (error) {
    // jest calls no teardown after a setup that failed.
    await stop();
    throw error;
  }
}

async function prepare(postgres: EmbeddedPostgres): Promise<void> {
  await createDatabase(postgres.admin, TEMPLATE);
  const template = { ...postgres.admin, database: TEMPLATE };
  await migrate(template, SQL_FOLDER);
  await seed(template, SQL_FOLDER);
  await setPasswords(template, PASSWORDS);
  process.env.TEST_POSTGRES = JSON.stringify(postgres.admin);
  if (process.env.TEST_POOLER !== undefined) {
    globalThis.testPooler = await startPooler(postgres.admin.port);
    process.env.TEST_POOLER_PORT = String(globalThis.testPooler.port);
  }
}
