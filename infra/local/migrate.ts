import { migrate } from '../../lib/db/migrate';
import { SQL_FOLDER } from './database';
import { main } from './main';
import { withDatabase } from './one-shot';

void main(() =>
  withDatabase(async ({ admin }) => {
    const applied = await migrate(admin, SQL_FOLDER);
    process.stdout.write(applied.length === 0 ? 'nothing to migrate\n' : `${applied.join('\n')}\n`);
  }),
);
