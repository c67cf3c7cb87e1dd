import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addSql, type Bundles, bundleFunctions } from '../../../infra/aws/bundle';
import { functionIds } from '../../../infra/aws/wallet';
import { devDependencies } from '../../../package.json';

/** Bytes, minified. What is loaded at each cold start. */
const MAX_BYTES = 400 * 1024;

let bundles: Bundles;
beforeAll(() => {
  bundles = bundleFunctions(functionIds);
});
afterAll(() => bundles.remove());

/** The files that went into a function's bundle. */
const inputsOf = (id: string): string[] => {
  const [, output] =
    Object.entries(bundles.metafile.outputs).find(([file]) => file.endsWith(`${id}/index.js`)) ?? [];
  return Object.keys(output?.inputs ?? {});
};

test.each(functionIds)('%s is at most 400 KB and carries only its code and source map', (id) => {
  const folder = bundles.folderOf(id);
  expect(readdirSync(folder).sort()).toEqual(['index.js', 'index.js.map']);
  expect(statSync(path.join(folder, 'index.js')).size).toBeLessThan(MAX_BYTES);
});

test('no bundle contains the SDK, a development package, a test, SQL or anything of the deployment', () => {
  for (const id of functionIds) {
    const foreign = inputsOf(id).filter(
      (file) =>
        /^(test|infra|sql)\/|@aws-sdk|@smithy|\.sql$|openapi\.json/.test(file) ||
        Object.keys(devDependencies).some((name) => file.startsWith(`node_modules/${name}/`)),
    );
    expect([id, foreign]).toEqual([id, []]);
  }
});

test('another checkout builds the same bytes, so deploying from it replaces no function', () => {
  // As deep as no other: a path that is kept in a bundle or its source map differs.
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'wallet-checkout-')));
  const checkout = path.join(root, 'some/where/else');
  // Of a package all of it: how it is resolved stands in files that are no part of the bundle.
  const sources = Object.keys(bundles.metafile.inputs).map(
    (file) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file,
  );
  for (const file of new Set(['package.json', 'tsconfig.json', ...sources])) {
    cpSync(file, path.join(checkout, file), { recursive: true });
  }
  const other = bundleFunctions(functionIds, checkout);
  const filesOf = (built: Bundles, id: string) =>
    ['index.js', 'index.js.map'].map((file) => readFileSync(path.join(built.folderOf(id), file), 'utf8'));
  try {
    for (const id of functionIds) {
      expect([id, filesOf(other, id)]).toEqual([id, filesOf(bundles, id)]);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('only the function that migrates gets the SQL', () => {
  addSql(bundles.folderOf('hooks/migrate'));
  expect(existsSync(path.join(bundles.folderOf('hooks/migrate'), 'sql/migrations/0001_roles.sql'))).toBe(
    true,
  );
  expect(functionIds.filter((id) => existsSync(path.join(bundles.folderOf(id), 'sql')))).toEqual([
    'hooks/migrate',
  ]);
});
