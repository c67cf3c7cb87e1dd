import path from 'node:path';
import pino from 'pino';
import type { LineSink } from '../../lib/app/observability';

export interface Logs {
  /** The gateway's own lines; `http` is the access log, less severe than info, as in the seed. */
  logger: pino.Logger<'http'>;
  /** Where handlers' finished lines go. */
  sink: LineSink;
  close(): void;
}

/** Everything to combined.log and, unless told otherwise, stdout; errors to error.log as well. */
export function openLogs(folder: string, level: string, toStdout = true): Logs {
  const combined = pino.destination({ dest: path.join(folder, 'combined.log'), mkdir: true, sync: false });
  const errors = pino.destination({ dest: path.join(folder, 'error.log'), mkdir: true, sync: false });
  const streams = pino.multistream([
    ...(toStdout ? [{ level: 'trace' as const, stream: process.stdout }] : []),
    { level: 'trace', stream: combined },
    { level: 'error', stream: errors },
  ]);
  const logger = pino(
    {
      level,
      customLevels: { http: 25 },
      base: { service: 'wallet' },
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
      messageKey: 'message',
    },
    streams,
  );
  const write = (line: string): void => {
    if (toStdout) {
      process.stdout.write(`${line}\n`);
    }
    combined.write(`${line}\n`);
  };
  const writeError = (line: string): void => {
    write(line);
    errors.write(`${line}\n`);
  };
  return {
    logger,
    sink: { debug: write, info: write, warn: write, error: writeError },
    close() {
      combined.flushSync();
      errors.flushSync();
    },
  };
}
