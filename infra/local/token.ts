import { parseArgs } from 'node:util';
import { SCOPES } from '../../lib/contract/scopes';
import { DATA_FOLDER } from './database';
import { issueToken, type TokenRequest } from './issuer';
import { main } from './main';

const KNOWN = [...new Set(Object.values(SCOPES).flat())];
const USAGE = `usage: npm run token -- --scope SCOPE [--subject NAME] [--days 1 to 3650]
SCOPE: one or more of ${KNOWN.join(', ')}, separated by commas or spaces`;

/** Prints a token for a service that runs with AUTH=local, and nothing else, so that a script can use it. */
void main(async () => {
  const request = readArguments(process.argv.slice(2));
  process.stdout.write(`${request === undefined ? USAGE : await issueToken(DATA_FOLDER, request)}\n`);
});

/** Throws what is wrong, with the usage. Undefined: the usage alone is asked for. */
function readArguments(args: string[]): TokenRequest | undefined {
  const { scope, subject, days, help } = parse(args);
  if (help) {
    return undefined;
  }
  const scopes = scope.split(/[\s,]+/).filter((name) => name !== '');
  const unknown = scopes.find((name) => !KNOWN.includes(name));
  if (unknown !== undefined || scopes.length === 0) {
    throw new Error(
      `${unknown === undefined ? '--scope is required' : `${unknown} is not a scope`}\n${USAGE}`,
    );
  }
  if (!/^[1-9][0-9]{0,3}$/.test(days) || Number(days) > 3650) {
    throw new Error(`--days must be a whole number from 1 to 3650\n${USAGE}`);
  }
  return { scope: scopes.join(' '), subject, days: Number(days) };
}

function parse(args: string[]) {
  const text = (fallback: string) => ({ type: 'string' as const, default: fallback });
  try {
    const options = { scope: text(''), subject: text('developer'), days: text('30') };
    return parseArgs({ args, options: { ...options, help: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}
