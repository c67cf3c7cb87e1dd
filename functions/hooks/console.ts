import path from 'node:path';
import { processEnvironment, readSettings } from '../../lib/app/config';
import { consoleConfig } from '../../lib/app/console';
import { serveConsole } from '../../lib/http/console';

/** The bundle carries console/ beside it, and Lambda starts a function in its folder. */
export const handler = serveConsole(
  consoleConfig(readSettings(processEnvironment())),
  path.resolve('console'),
);
