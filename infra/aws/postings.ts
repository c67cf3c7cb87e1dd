import { readFileSync } from 'node:fs';
import { routeList } from '../../functions/routes';
import { readStage, type Stage, throttleOf, titlesOf } from './stage';

/**
 * The commands of the AWS CLI that stop every method which posts, or let them go on, while reads are answered
 * all along; of each title of the stage: npm run -s postings -- stop prod | sh. Without -s, npm's own lines
 * go to sh as well. A stopped method answers 429 RATE_LIMITED, which callers send again with the same key.
 */
export function postingsCommands(
  stages: unknown,
  verb: string | undefined,
  stageName: string | undefined,
): string {
  if ((verb !== 'stop' && verb !== 'resume') || stageName === undefined) {
    throw new Error(
      'say what to do and where: npm run postings -- stop prod (or: resume prod); to pipe it into sh, npm run -s',
    );
  }
  return titlesOf(readStage(stages, stageName))
    .map(({ stage }) => command(stage, verb))
    .join('');
}

function command(stage: Stage, verb: 'stop' | 'resume'): string {
  const patches = routeList
    .filter(({ method }) => method !== 'GET')
    .flatMap((route) => {
      const { rate, burst } = verb === 'stop' ? { rate: 0, burst: 0 } : throttleOf(route, stage);
      const setting = `/${route.path.replaceAll('/', '~1')}/${route.method}/throttling`;
      return [
        { op: 'replace', path: `${setting}/rateLimit`, value: String(rate) },
        { op: 'replace', path: `${setting}/burstLimit`, value: String(burst) },
      ];
    });
  // As JSON: the shorthand of the AWS CLI takes no braces, which paths have.
  return `\
API=$(aws apigateway get-rest-apis --query "items[?name=='wallet-${stage.name}'].id" --output text)
aws apigateway update-stage --rest-api-id "$API" --stage-name ${stage.name} \\
  --patch-operations '${JSON.stringify(patches)}'
`;
}

if (process.argv[1]?.endsWith('postings.ts')) {
  try {
    const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
    process.stdout.write(postingsCommands(context.stages, process.argv[2], process.argv[3]));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
