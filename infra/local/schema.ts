import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dumpFunctions } from '../../lib/db/dump-functions';
import { dumpKinds } from '../../lib/db/dump-kinds';
import { dumpSchema } from '../../lib/db/dump-schema';
import { createDatabase, migrate } from '../../lib/db/migrate';
import { SQL_FOLDER } from './database';
import { main } from './main';
import { startPostgres } from './postgres';

/**
 * Writes sql/schema.sql, generated/functions.ts and generated/kinds.ts from a database that was migrated from
 * nothing.
 */
void main(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-schema-'));
  const postgres = await startPostgres(folder);
  try {
    await createDatabase(postgres.admin, 'schema');
    const connection = { ...postgres.admin, database: 'schema' };
    await migrate(connection, SQL_FOLDER);
    await writeFile(path.join(SQL_FOLDER, 'schema.sql'), await dumpSchema(connection));
    await writeFile(path.resolve('generated/functions.ts'), await dumpFunctions(connection));
    await writeFile(path.resolve('generated/kinds.ts'), await dumpKinds(connection));
  } finally {
    await postgres.stop();
    await rm(postgres.folder, { recursive: true, force: true });
  }
});
