import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import {
  type IRole,
  ManagedPolicy,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { ArnFormat, type Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { WalletFunction } from './function';
import { type Stage, serviceName } from './stage';

/**
 * Shifts traffic to a new version of a function that has passed the smoke test: a tenth first, the rest five
 * minutes later, and all of it back when the alarm rings.
 */
export class Deployments extends Construct {
  private readonly application: LambdaApplication;
  private readonly role: IRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: { stage: Stage; smokeTest: WalletFunction; alarm: Alarm },
  ) {
    super(scope, id);
    this.application = new LambdaApplication(this, 'Application', {
      applicationName: serviceName(props.stage.name),
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited'),
      ],
      inlinePolicies: {
        smokeTest: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['lambda:InvokeFunction'],
              resources: [props.smokeTest.function.functionArn],
            }),
          ],
        }),
      },
      // So the CDK's own additions stay out: a policy of its own might come after the first deployment.
    }).withoutPolicyUpdates();
  }

  add(shifted: WalletFunction): void {
    new LambdaDeploymentGroup(shifted, 'Deployment', {
      application: this.application,
      role: this.role,
      alias: shifted.alias,
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
      preHook: this.props.smokeTest.function,
      alarms: [this.props.alarm],
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
    });
  }
}

/**
 * The smoke test asks which version a deployment is of, calls that version, and reports. The numbers of
 * deployments and versions are not known before.
 */
export function smokeTestRights(stack: Stack, service: string): PolicyStatement[] {
  const arn = (name: string, resource: string, resourceName: string) =>
    stack.formatArn({ service: name, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return [
    new PolicyStatement({
      actions: ['codedeploy:GetDeployment', 'codedeploy:PutLifecycleEventHookExecutionStatus'],
      resources: [arn('codedeploy', 'deploymentgroup', `${service}/*`)],
    }),
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [arn('lambda', 'function', `${service}-*`)],
    }),
  ];
}
