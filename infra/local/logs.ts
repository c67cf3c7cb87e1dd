import { createWriteStream, mkdirSync, openSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import pino from 'pino';
import type { LineSink } from '../../lib/app/observability';

export interface Logs {
  /** The gateway's own lines; `http` is the access log, less severe than info. */
  logger: pino.Logger<'http'>;
  /** Where handlers' finished lines go. */
  sink: LineSink;
  close(): Promise<void>;
}

/**
 * Everything to combined.log and, unless told otherwise, stdout; errors to error.log as well. Without a
 * folder to write to: stdout alone.
 */
export function openLogs(folder: string, level: string, toStdout = true): Logs {
  const { combined, errors } = openFiles(folder);
  const streams = pino.multistream([
    ...(toStdout ? [{ level: 'trace' as const, stream: process.stdout }] : []),
    ...(combined ? [{ level: 'trace' as const, stream: combined }] : []),
    ...(errors ? [{ level: 'error' as const, stream: errors }] : []),
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
    combined?.write(`${line}\n`);
  };
  const writeError = (line: string): void => {
    write(line);
    errors?.write(`${line}\n`);
  };
  return {
    logger,
    sink: { debug: write, info: write, warn: write, error: writeError },
    async close() {
      await Promise.all([combined, errors].map(end));
    },
  };
}

/**
 * Says once what keeps the files from being written: a container whose disk is read-only is a normal place to
 * run in.
 */
function openFiles(folder: string): { combined?: WriteStream; errors?: WriteStream } {
  try {
    mkdirSync(folder, { recursive: true });
    return {
      combined: openFile(path.join(folder, 'combined.log')),
      errors: openFile(path.join(folder, 'error.log')),
    };
  } catch (error) {
    process.stderr.write(`no log files, the console alone: ${(error as Error).message}\n`);
    return {};
  }
}

/**
 * Opens the file now, so that openFiles meets the error. When the disk fills up later, the file ends and the
 * service goes on. (pino's own file stream would hang at the exit.)
 */
function openFile(file: string): WriteStream {
  return createWriteStream(file, { fd: openSync(file, 'a') }).on('error', (error) => {
    process.stderr.write(`${file} is written no more: ${error.message}\n`);
  });
}

/** Writes what waits, if that can be written. */
function end(file: WriteStream | undefined): Promise<void> {
  return new Promise((resolve) =>
    file === undefined || file.closed ? resolve() : file.once('close', resolve).end(),
  );
}
