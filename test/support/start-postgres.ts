import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SQL_FOLDER } from '../../infra/local/database';
import { type EmbeddedPostgres, startPostgres } from '../../infra/local/postgres';
import { createDatabase, migrate, seed, setPasswords } from '../../lib/db/migrate';
import { prepareNodes, readNodes } from './citus';
import { type LambdaRuntime, prepareLambdaRuntime } from './lambda-runtime';
import { type Pooler, startPooler } from './pooler';
import { type Artefact, PASSWORDS, TEMPLATE } from './server';
import stop from './stop-postgres';
import { type Certificate, enableTls, makeCertificate } from './tls';

declare global {
  var testCertificate: Certificate | undefined;
  var testLambda: LambdaRuntime | undefined;
  var testPostgres: EmbeddedPostgres | undefined;
  var testPooler: Pooler | undefined;
}

/**
 * One PostgreSQL for the whole run, with a migrated and seeded template that each test file clones. Nothing
 * in it must survive: no fsync.
 */
export default async function start(): Promise<void> {
  if (process.env.TEST_DISTRIBUTED !== undefined) {
    const nodes = await readNodes(process.env.CITUS_URL ?? '');
    process.env.TEST_POSTGRES = JSON.stringify(nodes[0]);
    process.env.TEST_NODES = JSON.stringify(nodes);
    return prepareNodes(nodes);
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-test-'));
  const postgres = await startPostgres(folder, [
    '-c fsync=off',
    '-c full_page_writes=off',
    '-c max_connections=400',
  ]);
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
  if (process.env.TEST_ARTEFACT !== undefined) {
    await prepareArtefact(postgres);
  } else if (process.env.TEST_POOLER !== undefined) {
    globalThis.testPooler = await startPooler(postgres.admin.port);
    process.env.TEST_POOLER_PORT = String(globalThis.testPooler.port);
  }
}

/** What was synthesized for AWS, on a database that is reached as there: by TLS, through a pooler. */
async function prepareArtefact(postgres: EmbeddedPostgres): Promise<void> {
  const certificate = await makeCertificate();
  globalThis.testCertificate = certificate;
  await enableTls(postgres, certificate);
  globalThis.testPooler = await startPooler(postgres.admin.port, certificate);
  globalThis.testLambda = prepareLambdaRuntime();
  const poolerPort = globalThis.testPooler.port;
  const { certFile, keyFile } = certificate;
  process.env.TEST_LAMBDA = JSON.stringify({
    runtime: globalThis.testLambda,
    certFile,
    keyFile,
    poolerPort,
  } satisfies Artefact);
}
