import { migrate } from '../../lib/db/migrate';
import { openDatabase, SQL_FOLDER } from './database';
import { main } from './main';
import { localSettings } from './settings';

void main(async () => {
  const database = await openDatabase(localSettings());
  try {
    const applied = await migrate(database.admin, SQL_FOLDER);
    process.stdout.write(applied.length === 0 ? 'nothing to migrate\n' : `${applied.join('\n')}\n`);
  } finally {
    await database.stop();
  }
});
