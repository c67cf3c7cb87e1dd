import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { processEnvironment, readSettings, type Settings } from '../../lib/app/config';
import { environment } from '../../lib/base/environment';

/** `.env` and the environment, which wins. Throws one line that names the variable and the rule. */
export function localSettings(file = '.env'): Settings {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const known = new Set<string>([...Object.values(environment), 'NODE_ENV']);
  const unknown = Object.keys(fromFile).find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new Error(`${unknown} in ${file} is not a setting of this service (see .env.example)`);
  }
  return readSettings({ ...fromFile, ...processEnvironment() });
}
