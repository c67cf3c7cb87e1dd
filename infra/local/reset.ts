import { DATA_FOLDER } from './database';
import { main } from './main';
import { deletePostgres } from './postgres';
import { localSettings } from './settings';

void main(async () => {
  const settings = localSettings();
  if (settings.DATABASE_URL !== undefined || settings.DB_HOST !== undefined) {
    throw new Error(
      'db:reset deletes the embedded database only; the settings name another one, which is left alone',
    );
  }
  await deletePostgres(DATA_FOLDER);
  process.stdout.write('deleted; the next start makes a fresh database with the seed data\n');
});
