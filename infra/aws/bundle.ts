import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

export interface Bundles {
  /** The folder of one function: index.js and its source map, whatever its table says it is called. */
  folderOf(id: string): string;
  metafile: Metafile;
  /** The stack has its own copies once it is made. */
  remove(): void;
}

/**
 * Bundles functions/<id>.ts for each id as Lambda gets it, all in one run of the bundler (of the CDK's own
 * construct, each takes one). The SDK stays outside: it is part of Lambda's runtime, and a handler loads it
 * only when it has a secret to fetch.
 */
export function bundleFunctions(ids: readonly string[], root = process.cwd()): Bundles {
  const folder = mkdtempSync(path.join(tmpdir(), 'wallet-bundles-'));
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(ids.map((id) => [`${id}/index`, `functions/${id}.ts`])),
    outdir: folder,
    bundle: true,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    external: ['@aws-sdk/*', 'pg-native'],
    // import() as require(): the runtime's SDK is on NODE_PATH, which ES modules do not look at.
    supported: { 'dynamic-import': false },
    metafile: true,
    logLevel: 'warning',
  });
  for (const file of Object.keys(metafile.outputs).filter((name) => name.endsWith('.map'))) {
    nameSourcesFromRoot(path.resolve(root, file), root);
  }
  return {
    folderOf: (id) => path.join(folder, id),
    metafile,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/**
 * A source map names its sources as seen from itself, so it would depend on where the checkout lies, and a
 * deployment from another one would replace every function.
 */
function nameSourcesFromRoot(file: string, root: string): void {
  const map = JSON.parse(readFileSync(file, 'utf8'));
  const sources = map.sources.map((source: string) =>
    path.relative(root, path.resolve(path.dirname(file), source)),
  );
  writeFileSync(file, JSON.stringify({ ...map, sources }));
}

/** Puts the SQL of the ledger beside a bundle: for the function that migrates, and no other. */
export function addSql(folder: string): void {
  cpSync('sql', path.join(folder, 'sql'), { recursive: true });
}

/** Where `npm run console` builds it. */
const CONSOLE = 'console/dist';

/** Puts the built console beside the function that serves it. */
export function addConsole(folder: string): void {
  if (!existsSync(CONSOLE)) {
    throw new Error(`${CONSOLE} is not there: npm run console`);
  }
  cpSync(CONSOLE, path.join(folder, 'console'), { recursive: true });
}
