import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { type App, type AppProps, Duration, Stack } from 'aws-cdk-lib/core';
import { type RouteId, routes } from '../../../functions/routes';
import type { DataStack } from '../../../infra/aws/data-stack';
import { readStage } from '../../../infra/aws/stage';
import { makeApp } from '../../../infra/aws/wallet';
import { toEvent } from '../../../lib/http/gateway-event';

const ASSET = 'INTEGRATION';
const USER = 'integration';

/**
 * The app of a stage with assertions on what was deployed, as a stack that fails when one fails:
 * infra/aws/RUNBOOK.md, First deploy, has the command. It leaves an asset and a user with a coin behind, so it is for
 * a stage without players. It may be run again: its keys replay.
 */
export function makeIntegration(props: AppProps = {}): App {
  const app = makeApp(props);
  const { name } = readStage(app.node.tryGetContext('stages'), app.node.tryGetContext('stage'));
  const data = app.node.findChild(`wallet-${name}-data`) as DataStack;
  const service = app.node.findChild(`wallet-${name}`) as Stack;
  const { assertions } = new IntegTest(app, `wallet-${name}-integration`, { testCases: [data, service] });

  /** One event as API Gateway hands it to the function of a route, and what the answer must have in it. */
  const ask = (
    id: RouteId,
    path: string,
    body: object | undefined,
    answer: string,
    scopes = 'wallet:admin',
  ) =>
    assertions
      .invokeFunction({
        functionName: `wallet-${name}-${id.replace('/', '-')}:live`,
        payload: JSON.stringify(
          toEvent(
            {
              method: routes[id].method,
              resource: routes[id].path,
              url: path,
              headers: { 'content-type': ['application/json'] },
              pathParameters: {},
              body: body && Buffer.from(JSON.stringify(body)),
              sourceIp: '127.0.0.1',
              authorizer: { principalId: 'integration', scopes },
            },
            'integration',
          ),
        ),
      })
      .expect(ExpectedResult.objectLike({ Payload: Match.stringLikeRegexp(answer) }));
  const topup = { userId: USER, assetCode: ASSET, amount: 1, idempotencyKey: 'integration' };
  const post = (answer: string, scopes?: string) =>
    ask('wallet/topup', '/api/transactions/topup', topup, answer, scopes);

  const { dbProxyName } = data.database.proxy;
  const { writer } = data.database.loginsOf('wallet');
  const available = () =>
    assertions
      .awsApiCall('RDS', 'describeDBProxyTargets', { DBProxyName: dbProxyName })
      .expect(
        ExpectedResult.objectLike({
          Targets: Match.arrayWith([Match.objectLike({ TargetHealth: { State: 'AVAILABLE' } })]),
        }),
      )
      .waitForAssertions({ totalTimeout: Duration.minutes(15), interval: Duration.seconds(30) });
  const rotation = assertions.awsApiCall('SecretsManager', 'rotateSecret', { SecretId: writer.secretArn });
  // Secrets Manager calls the function that rotates with the rights of who asked.
  rotation.provider.addToRolePolicy({ Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: ['*'] });
  const steps = [
    available(),
    ask('system/health', '/health', undefined, '"statusCode":200'),
    ask('admin/put-asset', `/api/assets/${ASSET}`, { name: 'Integration', scale: 2 }, '"statusCode":20[01]'),
    ask('admin/put-account', `/api/accounts/${USER}`, {}, '"statusCode":20[01]'),
    post('"statusCode":201'),
    post('[Ii]dempotency-[Rr]eplayed'),
    ask(
      'wallet/purchase',
      '/api/transactions/purchase',
      { ...topup, amount: 1_000_000, idempotencyKey: 'integration refused' },
      'INSUFFICIENT_FUNDS',
    ),
    post('"statusCode":403', 'wallet:read'),
    rotation,
    // The very version that this rotation made.
    assertions
      .awsApiCall('SecretsManager', 'listSecretVersionIds', { SecretId: writer.secretArn })
      .expect(
        ExpectedResult.objectLike({
          Versions: Match.arrayWith([
            Match.objectLike({
              VersionId: rotation.getAttString('VersionId'),
              VersionStages: Match.arrayWith(['AWSCURRENT']),
            }),
          ]),
        }),
      )
      .waitForAssertions({ totalTimeout: Duration.minutes(10) }),
    post('[Ii]dempotency-[Rr]eplayed'),
    // Waits until the proxy has told its first minutes.
    assertions
      .awsApiCall('CloudWatch', 'getMetricStatistics', {
        Namespace: 'AWS/RDS',
        MetricName: 'DatabaseConnectionsCurrentlySessionPinned',
        Dimensions: [{ Name: 'ProxyName', Value: dbProxyName }],
        StartTime: new Date().toISOString(),
        EndTime: new Date(Date.now() + Duration.hours(3).toMilliseconds()).toISOString(),
        Period: Duration.hours(3).toSeconds(),
        Statistics: ['Maximum'],
      })
      .expect(ExpectedResult.objectLike({ Datapoints: [Match.objectLike({ Maximum: 0 })] }))
      .waitForAssertions({ totalTimeout: Duration.minutes(15), interval: Duration.minutes(1) }),
    // And still: the proxy's own login was not shut out after the target was made.
    available(),
  ];
  const last = steps.reduce((before, after) => before.next(after));
  Stack.of(last).addStackDependency(service);
  return app;
}

if (process.argv[1]?.endsWith('integration.ts')) {
  makeIntegration().synth();
}
