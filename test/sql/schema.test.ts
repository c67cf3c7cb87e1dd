import { readFile } from 'node:fs/promises';
import { dumpSchema } from '../../lib/db/dump-schema';
import { TEMPLATE, testServer } from '../support/server';

test('sql/schema.sql is what the migrations make (npm run schema writes it)', async () => {
  expect(await readFile('sql/schema.sql', 'utf8')).toBe(await dumpSchema({ ...testServer(), database: TEMPLATE }));
});
