import { seed } from '../../lib/db/migrate';
import { openDatabase, prepare, SQL_FOLDER } from './database';
import { main } from './main';
import { localSettings } from './settings';

void main(async () => {
  const database = await openDatabase(localSettings());
  try {
    await prepare(database);
    await seed(database.admin, SQL_FOLDER);
    process.stdout.write('the seed data is posted\n');
  } finally {
    await database.stop();
  }
});
