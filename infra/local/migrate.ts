import { migrate } from '../../lib/db/migrate';
import { SQL_FOLDER } from './database';
import { main } from './main';
import { withDatabase } from './one-shot';

void main(() =>
  withDatabase(async ({ admin, service }) => {
    const applied = await migrate(admin, SQL_FOLDER, service.name);
    process.stdout.write(applied.length === 0 ? 'nothing to migrate\n' : `${applied.join('\n')}\n`);
  }),
);
