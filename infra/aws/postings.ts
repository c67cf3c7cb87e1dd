import { readFileSync } from 'node:fs';
import { routeList } from '../../functions/routes';
import { readStage } from './stage';

/**
 * Prints the AWS CLI's command that stops every method which posts, or lets them go on, while reads are
 * answered all along: npm run postings -- stop prod | sh. Stopped methods answer 429 RATE_LIMITED, which
 * callers send again with the same key.
 */
export function postingsCommand(
  stages: unknown,
  verb: string | undefined,
  stageName: string | undefined,
): string {
  if ((verb !== 'stop' && verb !== 'resume') || stageName === undefined) {
    throw new Error('say what to do and where: npm run postings -- stop prod (or: resume prod)');
  }
  const { name, api } = readStage(stages, stageName);
  const patches = routeList
    .filter(({ method }) => method !== 'GET')
    .flatMap(({ method, path, requestsPerSecond }) => {
      const limits = {
        rateLimit: Math.min(requestsPerSecond ?? Number.POSITIVE_INFINITY, api.throttle.requestsPerSecond),
        burstLimit: Math.min(requestsPerSecond ?? Number.POSITIVE_INFINITY, api.throttle.burst),
      };
      return Object.entries(limits).map(([limit, value]) => ({
        op: 'replace',
        path: `/${path.replaceAll('/', '~1')}/${method}/throttling/${limit}`,
        value: String(verb === 'stop' ? 0 : value),
      }));
    });
  // As JSON: the shorthand of the AWS CLI takes no braces, which paths have.
  return [
    `API=$(aws apigateway get-rest-apis --query "items[?name=='wallet-${name}'].id" --output text)`,
    `aws apigateway update-stage --rest-api-id "$API" --stage-name ${name} --patch-operations '${JSON.stringify(patches)}'\n`,
  ].join('\n');
}

if (process.argv[1]?.endsWith('postings.ts')) {
  try {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
    process.stdout.write(postingsCommand(context.stages, process.argv[2], process.argv[3]));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
