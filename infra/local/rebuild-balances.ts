import { migrate, withAdmin } from '../../lib/db/migrate';
import { SQL_FOLDER } from './database';
import { main } from './main';
import { withDatabase } from './one-shot';

/** Makes the cached balances anew from the entries; postings wait for it. */
void main(() =>
  withDatabase(async ({ admin, service }) => {
    await migrate(admin, SQL_FOLDER, service.name);
    const { rows } = await withAdmin(admin, (client) =>
      client.query('SELECT public.rebuild_balances() AS wrong'),
    );
    process.stdout.write(`${rows[0].wrong} balances were wrong and are rebuilt\n`);
  }),
);
