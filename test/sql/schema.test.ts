import { readFile } from 'node:fs/promises';
import { dumpFunctions } from '../../lib/db/dump-functions';
import { dumpKinds } from '../../lib/db/dump-kinds';
import { dumpSchema } from '../../lib/db/dump-schema';
import { TEMPLATE, testServer } from '../support/server';

test.each([
  ['sql/schema.sql', dumpSchema],
  ['generated/functions.ts', dumpFunctions],
  ['generated/kinds.ts', dumpKinds],
])('%s is what the migrations make (npm run schema writes it)', async (file, dump) => {
  expect(await readFile(file, 'utf8')).toBe(await dump({ ...testServer(), database: TEMPLATE }));
});
