import { migrate, seed } from '../../lib/db/migrate';
import { SQL_FOLDER } from './database';
import { main } from './main';
import { withDatabase } from './one-shot';

void main(() =>
  withDatabase(async ({ admin }) => {
    await migrate(admin, SQL_FOLDER);
    await seed(admin, SQL_FOLDER);
    process.stdout.write('the seed data is posted\n');
  }),
);
