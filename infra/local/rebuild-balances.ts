import { migrate, withAdmin } from '../../lib/db/migrate';
import { openDatabase, SQL_FOLDER } from './database';
import { main } from './main';
import { localSettings } from './settings';

/** Makes the cached balances anew from the entries; postings wait for it. */
void main(async () => {
  const database = await openDatabase(localSettings());
  try {
    await migrate(database.admin, SQL_FOLDER);
    const { rows } = await withAdmin(database.admin, (client) => client.query('SELECT public.rebuild_balances() AS wrong'));
    process.stdout.write(`${rows[0].wrong} balances were wrong and are rebuilt\n`);
  } finally {
    await database.stop();
  }
});
