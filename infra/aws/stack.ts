import { LambdaApplication } from 'aws-cdk-lib/aws-codedeploy';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { hooks } from '../../functions/hooks';
import { LAMBDA_DEFAULTS, routeList } from '../../functions/routes';
import { schedules } from '../../functions/schedules';
import { environment } from '../../lib/base/environment';
import { Alarms, type Observed } from './alarms';
import { Api } from './api';
import type { Bundles } from './bundle';
import { Callers } from './callers';
import { addDashboard } from './dashboard';
import { DATABASE_NAME, Database, type LoginName } from './database';
import { Firewall } from './firewall';
import { functionOf, WalletFunction } from './function';
import { Jobs } from './jobs';
import { Migration } from './migration';
import { Network, POSTGRES_PORT } from './network';
import { type Stage, serviceName } from './stage';

/** What lasts: the network and the data. Deployed first, changed seldom, never deleted with the service. */
export class DataStack extends Stack {
  readonly network: Network;
  readonly database: Database;

  constructor(scope: Construct, id: string, stage: Stage, props: StackProps = {}) {
    super(scope, id, { terminationProtection: true, ...props });
    this.network = new Network(this, 'Network', stage);
    this.database = new Database(this, 'Database', this.network, stage);
    new CfnOutput(this, 'CallersGroup', { value: this.network.callers.securityGroupId });
  }
}

export interface ServiceStackProps extends StackProps {
  stage: Stage;
  bundles: Bundles;
  data: DataStack;
}

/** What is deployed with every change: functions, API, jobs and alarms. */
export class ServiceStack extends Stack {
  private readonly stage: Stage;
  private readonly bundles: Bundles;
  private readonly network: Network;
  private readonly database: Database;

  constructor(scope: Construct, id: string, { stage, bundles, data, ...props }: ServiceStackProps) {
    super(scope, id, { terminationProtection: true, ...props });
    this.stage = stage;
    this.bundles = bundles;
    this.network = data.network;
    this.database = data.database;
    const handlers = this.makeHandlers();
    new Migration(this, 'Migration', {
      stage,
      network: this.network,
      database: this.database,
      folder: bundles.folderOf('hooks/migrate'),
      handlers: handlers.values(),
    });
    const authorizer = stage.api.auth === 'jwt' ? this.makeAuthorizer() : undefined;
    const { api } = new Api(this, 'Api', { stage, network: this.network, functions: handlers, authorizer });
    new Firewall(this, 'Firewall', api.deploymentStage.stageArn, stage);
    new Callers(this, 'Callers', api, stage.name);
    const { deadLetters } = new Jobs(this, 'Jobs', handlers, stage);
    this.watch({ stage, api, database: this.database, deadLetters, functions: handlers });
  }

  /** A function per row of the two tables that post or read. */
  private makeHandlers(): Map<string, WalletFunction> {
    // GETs read, with the login that can do nothing else.
    const rows = [
      ...routeList.map((row) => ({
        ...LAMBDA_DEFAULTS,
        ...row,
        logins: row.logins ?? ([row.method === 'GET' ? 'reader' : 'writer'] as const),
      })),
      ...schedules.map((row) => ({ ...LAMBDA_DEFAULTS, ...row })),
    ];
    return new Map(
      rows.map(({ id, summary, memoryMb, timeoutSeconds, reservedConcurrency, logins }) => [
        id,
        new WalletFunction(this, {
          id,
          summary,
          folder: this.bundles.folderOf(id),
          memoryMb,
          timeoutSeconds,
          reservedConcurrency,
          environment: this.handlerEnvironment(logins),
          secrets: logins.map((login) => this.database.logins[login]),
          network: { vpc: this.network.vpc, group: this.network.handlers },
          stage: this.stage,
        }),
      ]),
    );
  }

  private handlerEnvironment(logins: readonly LoginName[]): Record<string, string> {
    const [first, second] = logins.map((login) => this.database.logins[login].secretArn);
    const { logLevel, api } = this.stage;
    return {
      [environment.databaseHost]: this.database.proxy.endpoint,
      [environment.databasePort]: String(POSTGRES_PORT),
      [environment.databaseName]: DATABASE_NAME,
      // The proxy's certificate is from a public authority that Node.js knows.
      [environment.databaseSsl]: 'verify',
      ...(first && { [environment.databaseSecretArn]: first }),
      ...(second && { [environment.databaseReaderSecretArn]: second }),
      [environment.serviceName]: serviceName(this.stage.name),
      [environment.logLevel]: logLevel,
      ...(api.corsOrigins.length > 0 && { [environment.corsOrigin]: api.corsOrigins.join(',') }),
    };
  }

  /** Outside the network, because the issuer's keys are in the internet. */
  private makeAuthorizer(): WalletFunction {
    const { issuer = '', audience = '', jwksUri } = this.stage.api.jwt ?? {};
    return new WalletFunction(this, {
      id: 'hooks/authorize',
      ...LAMBDA_DEFAULTS,
      ...hooks['hooks/authorize'],
      folder: this.bundles.folderOf('hooks/authorize'),
      environment: {
        [environment.jwtIssuer]: issuer,
        [environment.jwtAudience]: audience,
        ...(jwksUri && { [environment.jwtJwksUri]: jwksUri }),
      },
      secrets: [],
      stage: this.stage,
    });
  }

  private watch(observed: Observed): void {
    const alarms = new Alarms(this, 'Alarms', observed);
    addDashboard(this, observed);
    if (this.stage.canary) {
      const application = new LambdaApplication(this, 'Deployments', {
        applicationName: `wallet-${this.stage.name}`,
      });
      const role = new Role(this, 'DeploymentRole', {
        assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'),
        managedPolicies: [
          ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSCodeDeployRoleForLambdaLimited'),
        ],
      });
      // Jobs come too seldom for a canary to see anything: they change at once, and tell their own alarms.
      for (const { id } of routeList) {
        const handler = functionOf(observed.functions, id);
        handler.deployGradually(application, role, [alarms.ofFunction(id, handler)]);
      }
    }
  }
}
