import { parseArgs } from 'node:util';
import { SCOPES } from '../../lib/contract/scopes';
import { DATA_FOLDER } from './database';
import { issueToken, type TokenRequest } from './issuer';
import { main } from './main';

const USAGE = `usage: npm run token -- --scope SCOPE [--subject NAME] [--days 1 to 3650]
SCOPE: one or more of ${SCOPES.read.join(', ')}, separated by commas or spaces`;

/** Prints a token for a service that runs with AUTH=local, and nothing else, so that a script can use it. */
void main(async () => {
  process.stdout.write(`${await issueToken(DATA_FOLDER, readArguments(process.argv.slice(2)))}\n`);
});

/** Throws what is wrong, with the usage. */
function readArguments(args: string[]): TokenRequest {
  const { scope, subject, days } = parse(args);
  const scopes = scope.split(/[\s,]+/).filter((name) => name !== '');
  const unknown = scopes.find((name) => !SCOPES.read.includes(name));
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
    return parseArgs({ args, options: { scope: text(''), subject: text('developer'), days: text('30') } })
      .values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${USAGE}`);
  }
}
