import type { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ArnFormat, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Stage, serviceName } from './stage';

export interface WalletFunctionProps {
  /** Of its row; functions/<id>.ts. */
  id: string;
  summary: string;
  /** The folder of its bundle. */
  folder: string;
  memoryMb: number;
  timeoutSeconds: number;
  reservedConcurrency?: number | undefined;
  environment: Record<string, string>;
  runs: RunsAs;
  stage: Stage;
}

/** What a function may do, where it runs and what it writes to; functions that do the same share one. */
export interface RunsAs {
  role: FunctionRole;
  logGroup: LogGroup;
  /** Absent: it reaches the internet, and nothing of ours. */
  network?: { vpc: Vpc; group: SecurityGroup };
}

/**
 * Of an interface in the network: Lambda makes it with the function's role. They know no resources but *, but
 * the function's own code is denied them.
 */
const INTERFACE_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
  'ec2:AssignPrivateIpAddresses',
  'ec2:UnassignPrivateIpAddresses',
];

/** The log of the functions of one area: the part of an id before the `/`. It ends with the stage. */
export function logGroupOf(scope: Construct, area: string, stage: Stage): LogGroup {
  return new LogGroup(scope, `Log-${area}`, {
    logGroupName: `/aws/lambda/wallet-${stage.name}-${area}`,
    retention: stage.logRetentionDays as RetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** A role of functions that need the same secrets: all that they may do stands in it. */
export class FunctionRole extends Role {
  constructor(
    scope: Construct,
    id: string,
    {
      description,
      stage,
      logGroups,
      secrets,
      inNetwork,
      more = [],
    }: {
      description: string;
      stage: Stage;
      logGroups: readonly LogGroup[];
      secrets: readonly ISecret[];
      inNetwork: boolean;
      more?: PolicyStatement[];
    },
  ) {
    const statements = [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: logGroups.map(({ logGroupArn }) => logGroupArn),
      }),
      // They know no resources.
      new PolicyStatement({
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
      }),
      ...more,
    ];
    if (secrets.length > 0) {
      statements.push(
        new PolicyStatement({
          actions: ['secretsmanager:GetSecretValue'],
          resources: secrets.map(({ secretArn }) => secretArn),
        }),
      );
    }
    if (inNetwork) {
      const ownArns = Stack.of(scope).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: `wallet-${stage.name}-*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      statements.push(
        new PolicyStatement({ actions: INTERFACE_ACTIONS, resources: ['*'] }),
        new PolicyStatement({
          effect: Effect.DENY,
          actions: INTERFACE_ACTIONS,
          resources: ['*'],
          conditions: { ArnLike: { 'lambda:SourceFunctionArn': ownArns } },
        }),
      );
    }
    super(scope, id, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description,
      inlinePolicies: { own: new PolicyDocument({ statements }) },
    });
  }
}

/** One Lambda function with an alias. What calls it calls the alias. */
export class WalletFunction extends Construct {
  readonly alias: Alias;
  readonly function: LambdaFunction;

  constructor(
    scope: Construct,
    {
      id,
      summary,
      folder,
      memoryMb,
      timeoutSeconds,
      reservedConcurrency,
      environment,
      runs,
      stage,
    }: WalletFunctionProps,
  ) {
    super(scope, id.replace('/', '-'));
    const { role, logGroup, network } = runs;
    this.function = new LambdaFunction(this, 'Function', {
      functionName: functionName(stage, id),
      description: summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(folder),
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      ...(stage.reserveConcurrency &&
        reservedConcurrency && { reservedConcurrentExecutions: reservedConcurrency }),
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      tracing: Tracing.ACTIVE,
      logGroup,
      // So the CDK's own additions stay out: all that the function may do stands in the role.
      role: role.withoutPolicyUpdates(),
      ...(network && {
        vpc: network.vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [network.group],
      }),
    });
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: this.function.currentVersion });
  }
}

/** What Lambda calls the function of a row. */
export function functionName(stage: Stage, id: string): string {
  return `${serviceName(stage.name)}-${id.replace('/', '-')}`;
}

/** The function of a row; that there is one for each is the stack's promise. */
export function functionOf(functions: ReadonlyMap<string, WalletFunction>, id: string): WalletFunction {
  const made = functions.get(id);
  if (made === undefined) {
    throw new Error(`${id} has no function`);
  }
  return made;
}
