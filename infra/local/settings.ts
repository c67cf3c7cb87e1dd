import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { processEnvironment, readSettings, type Settings } from '../../lib/app/config';

/** `.env` and the environment, which wins. Throws one line that names the variable and the rule. */
export function localSettings(file = '.env'): Settings {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return readSettings({ ...fromFile, ...processEnvironment() });
}
