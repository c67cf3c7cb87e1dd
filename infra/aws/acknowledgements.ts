import { Method } from 'aws-cdk-lib/aws-apigateway';
import { type CfnDBCluster, DatabaseCluster } from 'aws-cdk-lib/aws-rds';
import { type App, type CfnElement, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { routeList } from '../../functions/routes';
import { pathPattern } from '../../lib/base/paths';
import { Callers } from './callers';
import { FunctionRole } from './function';
import { readStage, titlesOf } from './stage';

/** A rule of AWS's own that the stack breaks on purpose, where, and why that is right. */
interface Acknowledgement {
  rule: string | ((construct: IConstruct) => string[]);
  where: (construct: IConstruct) => boolean;
  reason: string;
}

const at = (path: string) => (construct: IConstruct) => construct.node.path.endsWith(path);
/** The mock that answers 404, and the preflights of browsers, which come without credentials. */
const isAnsweredByGateway = (construct: IConstruct) =>
  construct instanceof Method && ['ANY', 'OPTIONS'].includes(construct.httpMethod);

const acknowledgements: readonly Acknowledgement[] = [
  {
    rule: 'AwsSolutions-COG4',
    where: at('/Api/Rest'),
    reason:
      'Callers are backends. They sign with IAM, or bring an access token of whatever OpenID Connect issuer the stage names, which a Lambda authorizer verifies with its scopes; a Cognito user pool is one such issuer.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    where: isAnsweredByGateway,
    reason:
      'API Gateway answers by itself, with a constant: 404 for what is not in the route table, or the CORS headers of a preflight, which browsers send without credentials. No function is behind it.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    where: at('/Api/Rest/Default/health/GET'),
    reason:
      'The health check says whether the service and its database answer, and its version. Load balancers and monitors have no identity.',
  },
  {
    rule: 'AwsSolutions-APIG4',
    where: (construct) => /\/Api\/Rest\/Default\/console\/(\{file\+\}\/)?GET$/.test(construct.node.path),
    reason:
      'The files of the console, and what it must know to sign people in. A browser asks for them before it has a token; whatever the page then asks of the API needs one.',
  },
  {
    rule: 'AwsSolutions-APIG2',
    where: at('/Api/Rest'),
    reason:
      'Every handler validates path, query and body with the schemas that the request models are made from, and names each field and rule. Validation in API Gateway would answer in another form and order than the contract, and refuse keys that come as a header.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    where: at('/Api/Rest/CloudWatchRole'),
    reason:
      'The account-wide role with which API Gateway writes its logs: AWS documents this managed policy for it, and names of log groups that API Gateway makes are not known before.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
    where: at('/Deployments/Role'),
    reason:
      'What CodeDeploy needs to shift an alias, as AWS maintains it: the limited policy of the two, without invoking hooks of any name. One role, because one team deploys.',
  },
  {
    rule: 'AwsSolutions-IAM5[Resource::*]',
    where: (construct) => construct instanceof FunctionRole,
    reason:
      'X-Ray and the actions on network interfaces know no resources but *. The latter are denied to the code of the function itself (lambda:SourceFunctionArn): only the Lambda service uses them. A test lists everything else.',
  },
  {
    rule: smokeTestWildcards,
    where: at('/Role-hooks-smoke'),
    reason:
      'The smoke test reports on each deployment, and calls each new version; the numbers of neither are known before.',
  },
  {
    rule: methodsWithParameters,
    where: (construct) => construct instanceof Callers,
    reason:
      'The * stands for a path parameter of a named method, such as a user id: a policy per user would be no policy for a backend.',
  },
  {
    rule: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    where: at('/Backups/Plan/Cluster/Role'),
    reason:
      'What AWS Backup needs to take a snapshot and copy it, as AWS maintains it; nobody else may take the role.',
  },
  {
    rule: 'AwsSolutions-RDS6',
    where: at('/Database/Cluster'),
    reason:
      'Nobody logs in by IAM: the proxy, the rotations and the migrator use passwords of Secrets Manager, a path that is tested here from end to end. RUNBOOK.md, Rotate a password, compares the two.',
  },
  {
    rule: 'AwsSolutions-RDS10',
    where: (construct) =>
      construct instanceof DatabaseCluster &&
      (construct.node.defaultChild as CfnDBCluster).deletionProtection === false,
    reason:
      'The setting `protect` is off, in a stage without players, or until the first deployment has succeeded: with it a first one that fails cannot be rolled back.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    where: at('/DeadLetters'),
    reason:
      'It is the dead-letter queue, of the schedules and of the functions that they start; an alarm rings for a single message.',
  },
  {
    rule: ownObjects('AnchoringBucket18C0B404ArnA1FF82F5'),
    where: at('/Role-jobs-checkpoint-writer-reader'),
    reason: 'The job adds objects of its own title: their names are numbers that come.',
  },
  {
    rule: 'AwsSolutions-S1',
    where: at('/Anchoring/Bucket'),
    reason:
      'Objects are locked, so that there is nothing to see in who came: nobody can change or delete one. CloudTrail records data events where the account asks for them.',
  },
  {
    rule: ownObjects('ExportingBucket9854584CArn235E7D3B'),
    where: at('/Role-jobs-export-reader'),
    reason: 'The job writes files of its own title: their names are cursors that come.',
  },
  {
    rule: 'AwsSolutions-S1',
    where: at('/Exporting/Bucket'),
    reason:
      'Who reads exports is for the account to say, and CloudTrail records data events where it asks for them.',
  },
  {
    rule: 'AwsSolutions-SQS3',
    where: at('/Telling/Queue'),
    reason:
      'Consumers of events read it, and say for themselves what happens to a message that they cannot take. An event is never lost: a replay tells it again.',
  },
];

/**
 * Records each acknowledgement where it holds, and nowhere else: the same fault elsewhere fails the
 * synthesis.
 */
export function acknowledgeFindings(app: App): void {
  for (const construct of app.node.findAll()) {
    for (const { rule, reason } of acknowledgements.filter((row) => row.where(construct))) {
      const rules = typeof rule === 'string' ? [rule] : rule(construct);
      Validations.of(construct).acknowledge(...rules.map((id) => ({ id: `AwsSolutions::${id}`, reason })));
    }
  }
}

/** The finding for each method whose path has a parameter: in a policy it is a `*`. */
function methodsWithParameters(construct: IConstruct): string[] {
  const stack = Stack.of(construct);
  const rest = stack.node.findChild('Api').node.findChild('Rest').node.defaultChild as CfnElement;
  const api = `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${stack.getLogicalId(rest)}>`;
  const stageName = stack.stackName.replace('wallet-', '');
  return routeList
    .filter(({ path }) => path.includes('{'))
    .map(
      ({ method, path }) => `AwsSolutions-IAM5[Resource::${api}/${stageName}/${method}${pathPattern(path)}]`,
    );
}

function smokeTestWildcards(construct: IConstruct): string[] {
  const { stackName } = Stack.of(construct);
  const arn = (service: string) => `arn:<AWS::Partition>:${service}:<AWS::Region>:<AWS::AccountId>`;
  return [
    `AwsSolutions-IAM5[Resource::${arn('codedeploy')}:deploymentgroup:${stackName}/*]`,
    `AwsSolutions-IAM5[Resource::${arn('lambda')}:function:${stackName}-*]`,
  ];
}

/** The finding of the objects that a job may write: by the name of the bucket's export, and the title. */
function ownObjects(bucket: string) {
  return (construct: IConstruct): string[] => {
    const [data] = construct.node.root.node.children.filter(({ node }) => node.id.endsWith('-data'));
    const titles = titlesOf(
      readStage(construct.node.tryGetContext('stages'), construct.node.tryGetContext('stage')),
    );
    return titles.map(
      ({ database }) =>
        `AwsSolutions-IAM5[Resource::${data?.node.id}:ExportsOutputFnGetAtt${bucket}/${database}/*]`,
    );
  };
}
