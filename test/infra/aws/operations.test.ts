import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { routeList } from '../../../functions/routes';
import { type ChangeSet, lossesOf } from '../../../infra/aws/guard';
import { postingsCommands } from '../../../infra/aws/postings';
import { makeIntegration } from './integration';
import type { Json } from './synthesis';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));

describe('the guard of a deployment', () => {
  const change = (ResourceType: string, Action: string, Replacement?: 'True' | 'False' | 'Conditional') => ({
    ResourceChange: { Action, LogicalResourceId: 'It', ResourceType, ...(Replacement && { Replacement }) },
  });

  test('names only the data resources that would be removed or replaced', () => {
    const changes: ChangeSet = {
      Changes: [
        change('AWS::RDS::DBCluster', 'Modify', 'False'),
        change('AWS::RDS::DBCluster', 'Modify', 'True'),
        change('AWS::KMS::Key', 'Remove'),
        change('AWS::SecretsManager::Secret', 'Modify', 'Conditional'),
        change('AWS::Lambda::Function', 'Remove'),
        change('AWS::RDS::DBInstance', 'Add'),
        {},
      ],
    };
    expect(lossesOf(changes)).toEqual([
      'AWS::RDS::DBCluster It would be replaced',
      'AWS::KMS::Key It would be removed',
      'AWS::SecretsManager::Secret It may be replaced',
    ]);
  });

  test('fails the pipeline and prints what it found', () => {
    const run = (changes: ChangeSet) =>
      spawnSync(process.execPath, ['--import', 'tsx', 'infra/aws/guard.ts'], {
        input: JSON.stringify(changes),
        encoding: 'utf8',
      });
    expect(run({ Changes: [] })).toMatchObject({ status: 0, stderr: '' });
    expect(run({ Changes: [change('AWS::KMS::Key', 'Remove')] })).toMatchObject({
      status: 1,
      stderr: 'this change would lose data:\nAWS::KMS::Key It would be removed\n',
    });
  });
});

test('the integration test makes its checks in order, after the service is deployed', () => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'wallet-integration-'));
  try {
    const assembly = makeIntegration({ outdir, context: { ...context, stage: 'dev' } }).synth();
    const stack = assembly.stacks.find(({ stackName }) => stackName.includes('DeployAssert'));
    expect(stack?.dependencies.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['wallet-dev-data', 'wallet-dev']),
    );
    const calls = Object.entries<Json>(stack?.template.Resources).filter(([, { Type }]) =>
      Type.startsWith('Custom::DeployAssert'),
    );
    // In the order in which each waits for the one before it.
    const after = (before?: string) =>
      calls.find(([, { DependsOn: [waitsFor] = [] }]) => waitsFor === before);
    const order: string[] = [];
    for (let call = after(); call; call = after(call[0])) {
      order.push(`${call[1].Properties.service} ${call[1].Properties.api}`);
    }
    expect(order).toEqual([
      'RDS describeDBProxyTargets',
      ...Array(7).fill('Lambda invoke'),
      'SecretsManager rotateSecret',
      'SecretsManager listSecretVersionIds',
      'Lambda invoke',
      'CloudWatch getMetricStatistics',
      'RDS describeDBProxyTargets',
    ]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

describe('the switch of postings', () => {
  test('stops every method that posts and none that reads, and restores the limits of the stage', () => {
    const stopped = postingsCommands(context.stages, 'stop', 'prod');
    // What the shell hands to the AWS CLI as its last argument, by path.
    const limits = (command: string): Map<string, string> => {
      const script = command.replace(/^API=.*$/m, 'API=x').replace('aws apigateway', 'printf "%s\\n"');
      const { stdout } = spawnSync('sh', { input: script, encoding: 'utf8' });
      const patches: { path: string; value: string }[] = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
      return new Map(patches.map((patch) => [patch.path, patch.value]));
    };
    const [off, on] = [limits(stopped), limits(postingsCommands(context.stages, 'resume', 'prod'))];
    for (const { method, path, requestsPerSecond } of routeList) {
      const setting = `/${path.replaceAll('/', '~1')}/${method}/throttling`;
      const posts = method !== 'GET';
      expect([setting, off.get(`${setting}/rateLimit`), off.get(`${setting}/burstLimit`)]).toEqual(
        posts ? [setting, '0', '0'] : [setting, undefined, undefined],
      );
      expect([setting, on.get(`${setting}/rateLimit`)]).toEqual([
        setting,
        posts ? String(requestsPerSecond ?? 5_000) : undefined,
      ]);
    }
  });

  test('stops every title of the stage', () => {
    const stages = structuredClone(context.stages);
    stages.prod.titles = ['main', 'chess'];
    const named = postingsCommands(stages, 'stop', 'prod').match(/--stage-name \S+/g);
    expect(named).toEqual(['--stage-name prod', '--stage-name prod-chess']);
  });

  test.each([
    ['without a stage', 'stop', undefined, /npm run postings -- stop prod/],
    ['another word', 'halt', 'prod', /npm run postings -- stop prod/],
    ['a stage that is not there', 'stop', 'test', /has no stage test/],
  ])('%s gives an error that says what to do', (_, verb, stage, message) => {
    expect(() => postingsCommands(context.stages, verb, stage)).toThrow(message);
  });
});
