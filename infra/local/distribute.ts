import { prepare } from './database';
import { main } from './main';
import { withDatabase } from './one-shot';

/** Lays the ledger on the nodes of a Citus cluster, whose coordinator DATABASE_URL names. */
void main(() =>
  withDatabase(async (database) => {
    const applied = await prepare(database, { distribute: true });
    process.stdout.write(applied.length === 0 ? 'already distributed\n' : `${applied.join('\n')}\n`);
  }),
);
