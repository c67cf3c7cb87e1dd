/**
 * Bundles the benchmark as the handlers are bundled for Lambda, and runs it on the Node of the deployed
 * runtime.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const FOLDER = path.resolve('.local/bench');

buildSync({
  entryPoints: ['test/bench/run.ts', 'test/bench/callers.ts'],
  outdir: FOLDER,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
});
const { status } = spawnSync(node24(), [path.join(FOLDER, 'run.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

/** From npm when this one is older; without a registry this one. */
function node24(): string {
  const name = `node-linux-${process.arch}`;
  const installed = path.join(FOLDER, `node_modules/${name}/bin/node`);
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    return process.execPath;
  }
  spawnSync('npm', ['install', '--silent', '--no-save', '--prefix', FOLDER, `${name}@24`], {
    stdio: 'inherit',
  });
  return existsSync(installed) ? installed : process.execPath;
}
