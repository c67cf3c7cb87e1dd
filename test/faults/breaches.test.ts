import { readFileSync } from 'node:fs';
import { BREACHES, placeOf } from './breaches';

test('each breach still finds the code that it breaks', () => {
  const lost = BREACHES.filter((breach) => !placeOf(breach).test(readFileSync(breach.file, 'utf8')));
  expect(lost.map(({ name, file }) => `${file}: ${name}`)).toEqual([]);
});
