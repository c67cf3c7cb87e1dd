import { fork } from 'node:child_process';
import path from 'node:path';
import { monotonicMillis } from '../../lib/base/time';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { toContext, toEvent } from '../../lib/http/gateway-event';
import type { Outcome } from './load';

export interface Sample {
  perSecond: number;
  /** Milliseconds. */
  p50?: number;
  p99?: number;
  /** Share of the replies that were no success. */
  failed?: number;
}

export interface HandlerRequest {
  handler: LambdaHandler;
  method: string;
  path: string;
  parameters?: Record<string, string>;
  query?: string;
  body?: object;
}

/**
 * `workers` callers in this process, each awaiting its reply before the next event: what a container does,
 * many at once.
 */
export async function throughHandlers(
  workers: number,
  millis: number,
  next: (worker: number) => HandlerRequest,
): Promise<Sample> {
  const latencies: number[] = [];
  let failed = 0;
  const start = monotonicMillis();
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (monotonicMillis() - start < millis) {
        const { handler, method, path, parameters, query, body } = next(worker);
        const request = {
          method,
          resource: path,
          url: query === undefined ? path : `${path}?${query}`,
          headers: { 'content-type': ['application/json'] },
          pathParameters: parameters ?? {},
          body: body && Buffer.from(JSON.stringify(body)),
          sourceIp: '127.0.0.1',
        };
        const event = toEvent(request, 'bench');
        const sent = monotonicMillis();
        const reply = await handler(event, toContext('bench', 29_000, 'bench'));
        latencies.push(monotonicMillis() - sent);
        failed += reply.statusCode < 300 ? 0 : 1;
      }
    }),
  );
  return summarise(latencies, failed, monotonicMillis() - start);
}

/** The callers are a process of their own, as they are in life. */
export function overHttp(url: string, clients: number, millis: number): Promise<Sample> {
  return new Promise((resolve, reject) => {
    // Beside this bundle: see start.ts.
    const callers = path.join(path.dirname(process.argv[1] ?? ''), 'callers.mjs');
    const child = fork(callers, [url, String(clients), String(millis)]);
    child.once('message', (outcome) => {
      const { statuses, latencies, goodput } = outcome as Outcome;
      const total = Object.values(statuses).reduce((sum, count) => sum + count, 0);
      resolve({
        perSecond: goodput,
        p50: at(latencies, 0.5),
        p99: at(latencies, 0.99),
        failed: 1 - (statuses[201] ?? 0) / total,
      });
    });
    child.once('error', reject);
  });
}

/** Latencies in milliseconds; it sorts them. */
export function summarise(latencies: number[], failed: number, millis: number): Sample {
  latencies.sort((a, b) => a - b);
  const perSecond = ((latencies.length - failed) * 1000) / millis;
  return { perSecond, p50: at(latencies, 0.5), p99: at(latencies, 0.99), failed: failed / latencies.length };
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: number[]): number {
  return at(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
