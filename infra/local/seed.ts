import { migrate, seed } from '../../lib/db/migrate';
import { SQL_FOLDER } from './database';
import { main } from './main';
import { withDatabase } from './one-shot';

void main(() =>
  withDatabase(async ({ admin, service }) => {
    await migrate(admin, SQL_FOLDER, service.name);
    await seed(admin, SQL_FOLDER, service.name);
    process.stdout.write('the seed data is posted\n');
  }),
);
