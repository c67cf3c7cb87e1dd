import {
  FlowLogDestination,
  FlowLogTrafficType,
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
  VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint,
} from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from './stage';

const HTTPS = Port.tcp(443);
/** Of the cluster and of the proxy, which has no other. */
export const POSTGRES_PORT = 5432;
export const POSTGRES = Port.tcp(POSTGRES_PORT);

/** What jobs call: those that tell subscribers, and sign and keep checkpoints. */
const CALLED_BY_JOBS = {
  EventBridge: InterfaceVpcEndpointAwsService.EVENTBRIDGE,
  Sqs: InterfaceVpcEndpointAwsService.SQS,
  Kms: InterfaceVpcEndpointAwsService.KMS,
  S3: InterfaceVpcEndpointAwsService.S3,
};

/**
 * An isolated subnet in each zone of the stage: no way to or from the internet. What must be reached outside
 * has an endpoint. Security groups name each other and let through nothing else.
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  /** Of the handlers and the jobs. */
  readonly handlers: SecurityGroup;
  /** Of the function that migrates. */
  readonly migrator: SecurityGroup;
  /** Of game backends that run in this network, or one peered with it: they may call a private API. */
  readonly callers: SecurityGroup;
  readonly apiEndpoint: InterfaceVpcEndpoint | undefined;
  private readonly secretsEndpoint: SecurityGroup;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(stage.cidr),
      availabilityZones: stage.availabilityZones.map((letter) => `${Aws.REGION}${letter}`),
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 20 }],
      restrictDefaultSecurityGroup: false,
      flowLogs: {
        rejected: {
          trafficType: FlowLogTrafficType.REJECT,
          destination: FlowLogDestination.toCloudWatchLogs(
            new LogGroup(this, 'FlowLog', { retention: stage.logRetentionDays as RetentionDays }),
          ),
        },
      },
    });
    this.handlers = this.securityGroup('Handlers', 'Handlers and jobs');
    this.migrator = this.securityGroup('Migrator', 'The function that migrates');
    this.callers = this.securityGroup('Callers', 'Game backends that call the wallet');
    this.secretsEndpoint = this.securityGroup('SecretsEndpoint', 'The endpoint of Secrets Manager');
    const secrets = this.endpoint(
      'SecretsManager',
      InterfaceVpcEndpointAwsService.SECRETS_MANAGER,
      this.secretsEndpoint,
    );
    const ownAccount = { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } };
    // Whoever gets into this network still cannot send secrets to an account of their own.
    secrets.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['secretsmanager:*'],
        resources: [`arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:*`],
        conditions: ownAccount,
      }),
    );
    // Which knows no secret: the function that rotates asks for it.
    secrets.addToPolicy(
      new PolicyStatement({
        principals: [new AnyPrincipal()],
        actions: ['secretsmanager:GetRandomPassword'],
        resources: ['*'],
        conditions: ownAccount,
      }),
    );
    this.allowSecrets(this.handlers);
    this.allowSecrets(this.migrator);
    for (const [id, service] of Object.entries(CALLED_BY_JOBS)) {
      const group = this.securityGroup(`${id}Endpoint`, `The endpoint of ${id}`);
      this.endpoint(id, service, group).addToPolicy(
        new PolicyStatement({
          principals: [new AnyPrincipal()],
          actions: ['*'],
          resources: ['*'],
          conditions: {
            StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, 'aws:ResourceAccount': Aws.ACCOUNT_ID },
          },
        }),
      );
      connect(this.handlers, group, HTTPS, `jobs that call ${id}`);
    }
    if (stage.api.endpoint === 'private') {
      const group = this.securityGroup('ApiEndpoint', 'The endpoint of the private API');
      this.apiEndpoint = this.endpoint('ExecuteApi', InterfaceVpcEndpointAwsService.APIGATEWAY, group);
      connect(this.callers, group, HTTPS, 'calls of game backends');
    }
  }

  /** A security group that lets nothing in or out until `connect` does. */
  securityGroup(id: string, description: string): SecurityGroup {
    return new SecurityGroup(this, id, { vpc: this.vpc, description, allowAllOutbound: false });
  }

  /** Lets a group ask Secrets Manager. */
  allowSecrets(group: SecurityGroup): void {
    connect(group, this.secretsEndpoint, HTTPS, 'credentials');
  }

  private endpoint(
    id: string,
    service: InterfaceVpcEndpointAwsService,
    group: SecurityGroup,
  ): InterfaceVpcEndpoint {
    return new InterfaceVpcEndpoint(this, id, {
      vpc: this.vpc,
      service,
      subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [group],
      open: false,
      // S3 is the one that would keep its name to other networks: there is no gateway beside this endpoint.
      ...(service === InterfaceVpcEndpointAwsService.S3 && {
        privateDnsOnlyForInboundResolverEndpoint:
          VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint.ALL_RESOLVERS,
      }),
    });
  }
}

/** Lets one group reach another on one port: out of the one, into the other. */
export function connect(from: SecurityGroup, to: SecurityGroup, port: Port, what: string): void {
  from.addEgressRule(to, port, what);
  to.addIngressRule(from, port, what);
}
