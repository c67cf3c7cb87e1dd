import { rm } from 'node:fs/promises';
import path from 'node:path';
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
  // Checkpoints of a ledger that is gone would not fit the next one.
  const anchors = path.resolve(settings.CHECKPOINT_ANCHORS);
  if (anchors.startsWith(DATA_FOLDER + path.sep)) {
    await rm(anchors, { recursive: true, force: true });
  }
  process.stdout.write('deleted; the next start makes a fresh database with the seed data\n');
});
