import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { LambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
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
import type { Stage } from './stage';

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
  /** What it may read, each needed by a variable of its environment. */
  secrets: readonly ISecret[];
  /** Absent: it reaches the internet, and nothing of ours. */
  network?: { vpc: Vpc; group: SecurityGroup };
  stage: Stage;
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

/** One Lambda function with a role, a log group and an alias of its own. What calls it calls the alias. */
export class WalletFunction extends Construct {
  readonly alias: Alias;
  readonly role: Role;
  readonly function: LambdaFunction;

  constructor(
    scope: Construct,
    private readonly props: WalletFunctionProps,
  ) {
    super(scope, props.id.replace('/', '-'));
    const { stage, id } = props;
    const functionName = `wallet-${stage.name}-${id.replace('/', '-')}`;
    const logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: stage.logRetentionDays as RetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: `${functionName}: ${props.summary}`,
      inlinePolicies: { own: this.policy(functionName, logGroup) },
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.summary,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.folder),
      memorySize: props.memoryMb,
      timeout: Duration.seconds(props.timeoutSeconds),
      ...(stage.reserveConcurrency &&
        props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
      environment: { ...props.environment, NODE_OPTIONS: '--enable-source-maps' },
      tracing: Tracing.ACTIVE,
      logGroup,
      // Without it the CDK's own additions stay out: all that the role may do stands in `policy`.
      role: this.role.withoutPolicyUpdates(),
      ...(props.network && {
        vpc: props.network.vpc,
        vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
        securityGroups: [props.network.group],
      }),
    });
    this.alias = new Alias(this, 'Live', { aliasName: 'live', version: this.function.currentVersion });
  }

  /**
   * Shifts traffic to a new version by a tenth, the rest five minutes later, and back when an alarm rings.
   */
  deployGradually(application: LambdaApplication, role: Role, alarms: Alarm[]): void {
    new LambdaDeploymentGroup(this, 'Deployment', {
      application,
      role,
      alias: this.alias,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      alarms,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
  }

  private policy(functionName: string, logGroup: LogGroup): PolicyDocument {
    const { secrets, network } = this.props;
    const statements = [
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [`${logGroup.logGroupArn}`],
      }),
      // They know no resources.
      new PolicyStatement({
        actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
        resources: ['*'],
      }),
    ];
    if (secrets.length > 0) {
      statements.push(
        new PolicyStatement({
          actions: ['secretsmanager:GetSecretValue'],
          resources: secrets.map(({ secretArn }) => secretArn),
        }),
      );
    }
    if (network !== undefined) {
      const ownArn = Stack.of(this).formatArn({
        service: 'lambda',
        resource: 'function',
        resourceName: functionName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      });
      statements.push(
        new PolicyStatement({ actions: INTERFACE_ACTIONS, resources: ['*'] }),
        new PolicyStatement({
          effect: Effect.DENY,
          actions: INTERFACE_ACTIONS,
          resources: ['*'],
          conditions: { ArnEquals: { 'lambda:SourceFunctionArn': ownArn } },
        }),
      );
    }
    return new PolicyDocument({ statements });
  }
}

/** The function of a row; that there is one for each is the stack's promise. */
export function functionOf(functions: ReadonlyMap<string, WalletFunction>, id: string): WalletFunction {
  const made = functions.get(id);
  if (made === undefined) {
    throw new Error(`${id} has no function`);
  }
  return made;
}
