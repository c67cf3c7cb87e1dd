import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type RouteId, routes } from '../../functions/routes';
import { sampleEvent } from '../../functions/samples';
import { type Bundles, bundleFunctions } from '../../infra/aws/bundle';
import type { AdminConnection } from '../../lib/db/migrate';
import { toContext } from '../../lib/http/gateway-event';
import { median } from './measure';

/** A handler as it starts in a new container. `load` and `first` in milliseconds, medians. */
export interface ColdStart {
  handler: string;
  bytes: number;
  load: number;
  first: number;
}

export interface ColdStarts {
  node: string;
  starts: ColdStart[];
  /** Bytes by package in the bundle of wallet/topup, largest first. */
  composition: [part: string, bytes: number][];
}

/**
 * Run in a process of its own by the measured Node: loads a bundle, sends it one event, says how long each
 * took.
 */
const PROBE = `
const [bundle, event] = process.argv.slice(2);
const start = performance.now();
const { handler } = require(bundle);
const loaded = performance.now();
handler(JSON.parse(event), { ...${JSON.stringify(toContext('cold', 29_000))}, getRemainingTimeInMillis: () => 29000 }).then((reply) => {
  process.stdout.write(JSON.stringify({ status: reply.statusCode, load: loaded - start, first: performance.now() - loaded }) + '\\n');
  process.exit(0);
});`;

/** Bundles every handler as Lambda gets it, and starts each `times` times, interleaved with an empty one. */
export async function measureColdStarts(admin: AdminConnection, times: number): Promise<ColdStarts> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wallet-cold-'));
  try {
    const probe = path.join(folder, 'probe.cjs');
    await writeFile(probe, PROBE);
    await writeFile(
      path.join(folder, 'empty.cjs'),
      "exports.handler = async () => ({ statusCode: 200, body: '{}' });",
    );
    const ids = Object.keys(routes) as RouteId[];
    const bundles = bundleFunctions(ids);
    const files: [string, string, string][] = [
      ['empty', path.join(folder, 'empty.cjs'), '{}'],
      ...ids.map((id): [string, string, string] => [
        id,
        path.join(bundles.folderOf(id), 'index.js'),
        JSON.stringify(sampleEvent(id, { key: `cold ${id}` })),
      ]),
    ];
    const runs = new Map<string, { load: number; first: number }[]>(files.map(([name]) => [name, []]));
    const env = {
      DB_HOST: String(admin.host),
      DB_PORT: String(admin.port),
      DB_NAME: 'wallet',
      DB_USER: 'wallet_app',
      DB_PASSWORD: 'app',
      DB_READER_PASSWORD: 'reader',
      LOG_LEVEL: 'error',
    };
    for (let round = 0; round < times; round++) {
      for (const [name, file, event] of files) {
        const { stdout, stderr } = spawnSync(process.execPath, [probe, file, event], {
          env,
          encoding: 'utf8',
        });
        // The metrics of the request come first, as lines of their own.
        const told = JSON.parse(stdout.trimEnd().split('\n').at(-1) || '{}');
        if (!(told.status < 500) || told.status === 400) {
          throw new Error(`${name} did not start: ${stdout}${stderr}`);
        }
        runs.get(name)?.push(told);
      }
    }
    const starts = await Promise.all(
      files.map(async ([handler, file]) => ({
        handler,
        bytes: (await stat(file)).size,
        load: median((runs.get(handler) ?? []).map(({ load }) => load)),
        first: median((runs.get(handler) ?? []).map(({ first }) => first)),
      })),
    );
    bundles.remove();
    return { node: process.version, starts, composition: compositionOf('wallet/topup', bundles) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Bytes by package in a bundle, largest first. */
function compositionOf(id: RouteId, { metafile }: Bundles): [string, number][] {
  const [, output] = Object.entries(metafile.outputs).find(([file]) => file.endsWith(`${id}/index.js`)) ?? [];
  const parts = new Map<string, number>();
  for (const [input, { bytesInOutput }] of Object.entries(output?.inputs ?? {})) {
    const part = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? 'this project';
    parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
  }
  return [...parts].filter(([, bytes]) => bytes > 0).sort(([, one], [, other]) => other - one);
}
