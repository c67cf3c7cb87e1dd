import { verifiedTls } from '../db/database';
import { createDatabase, ensureLogins, migrate, NewerDatabaseError } from '../db/migrate';
import type { MigratorConfig } from './config';
import { readLogin } from './logins';

/** Every PostgreSQL has it. */
const MAINTENANCE_DATABASE = 'postgres';

/** What a deployment's migration did: the files that it ran, or why it left the database alone. */
export interface Migrated {
  applied: string[];
  skipped?: string;
}

/**
 * Makes the database of a title where it is missing, brings it up to date, and sees to it that the service
 * can log in. A database that a newer version has migrated is left alone: so a deployment that is rolled back
 * runs its old handlers on the new schema, which every migration must allow.
 */
export async function migrateDeployment(config: MigratorConfig, sqlFolder: string): Promise<Migrated> {
  const { host, port, name: database, tls } = config;
  const owner = await readLogin(config.owner);
  const connection = {
    host,
    port,
    database,
    ssl: verifiedTls(tls),
    user: owner.user,
    password: owner.password,
  };
  try {
    await createDatabase({ ...connection, database: MAINTENANCE_DATABASE }, database);
    const applied = await migrate(connection, sqlFolder, database);
    await ensureLogins(connection, await Promise.all(config.logins.map(readLogin)));
    return { applied };
  } catch (error) {
    if (error instanceof NewerDatabaseError) {
      return { applied: [], skipped: error.message };
    }
    throw error;
  }
}
