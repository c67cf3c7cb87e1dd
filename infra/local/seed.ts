import { migrate, seed } from '../../lib/db/migrate';
import { openDatabase, SQL_FOLDER } from './database';
import { main } from './main';
import { localSettings } from './settings';

void main(async () => {
  const database = await openDatabase(localSettings());
  try {
    await migrate(database.admin, SQL_FOLDER);
    await seed(database.admin, SQL_FOLDER);
    process.stdout.write('the seed data is posted\n');
  } finally {
    await database.stop();
  }
});
