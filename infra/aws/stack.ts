import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { NestedStack, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { hooks } from '../../functions/hooks';
import { LAMBDA_DEFAULTS, routeList } from '../../functions/routes';
import { type JobId, schedules } from '../../functions/schedules';
import { environment } from '../../lib/base/environment';
import { Alarms, deploymentAlarm, type Observed, titleAlarms } from './alarms';
import type { Anchoring } from './anchoring';
import { Api } from './api';
import { addConsole, type Bundles } from './bundle';
import { Callers } from './callers';
import { addDashboard } from './dashboard';
import type { DataStack } from './data-stack';
import type { Database, LoginName } from './database';
import { Deployments, smokeTestRights } from './deployments';
import type { Exporting } from './exporting';
import { Firewall } from './firewall';
import { FunctionRole, functionOf, logGroupOf, WalletFunction } from './function';
import { addSchedules, deadLetterQueue } from './jobs';
import { type Network, POSTGRES_PORT } from './network';
import { type Stage, serviceName, type Title } from './stage';
import { Telling } from './telling';

/** The job that signs. */
const CHECKPOINT: JobId = 'jobs/checkpoint';
/** The job that exports. */
const EXPORT: JobId = 'jobs/export';
/** What a function has beyond a request's budget, so that it answers by itself before Lambda stops it. */
const SECONDS_TO_ANSWER = 2;

export interface ServiceStackProps extends StackProps {
  title: Title;
  bundles: Bundles;
  data: DataStack;
}

/** What is deployed with every change, for each title: functions, API, jobs and alarms. */
export class ServiceStack extends Stack {
  private readonly title: Title;
  private readonly stage: Stage;
  private readonly bundles: Bundles;
  private readonly network: Network;
  private readonly database: Database;
  private readonly topic: Topic;
  private readonly anchoring: Anchoring;
  private readonly exporting: Exporting | undefined;
  private readonly telling: Telling;
  private hooksLog: LogGroup | undefined;

  constructor(scope: Construct, id: string, { title, bundles, data, ...props }: ServiceStackProps) {
    const { stage } = title;
    super(scope, id, { terminationProtection: stage.protect, ...props });
    this.title = title;
    this.stage = stage;
    this.bundles = bundles;
    this.network = data.network;
    this.database = data.database;
    this.topic = data.alarms.topic;
    this.anchoring = data.anchoring;
    this.exporting = data.exporting;
    this.telling = new Telling(this, 'Telling', stage);
    const deadLetters = deadLetterQueue(this, stage);
    const handlers = this.makeHandlers(deadLetters);
    const authorizer = stage.api.auth === 'jwt' ? this.makeAuthorizer() : undefined;
    const page = stage.api.console && this.makeConsole(stage.api.console);
    const { api } = new Api(this, 'Api', {
      stage,
      network: this.network,
      functions: handlers,
      authorizer,
      console: page,
    });
    new Firewall(this, 'Firewall', api.deploymentStage.stageArn, stage);
    new Callers(this, 'Callers', api, stage.name);
    addSchedules(this, handlers, deadLetters);
    const functions = new Map([
      ...handlers,
      ...(authorizer ? [['hooks/authorize', authorizer] as const] : []),
      ...(page ? [['hooks/console', page] as const] : []),
    ]);
    this.watch({ stage, api, database: this.database, deadLetters, functions });
  }

  /** What a function may do and is told beyond others. */
  private specialOf(id: string): { own: PolicyStatement[]; variables: Record<string, string> } {
    const { database: title } = this.title;
    if (id === CHECKPOINT) {
      return { own: this.anchoring.rightsOf(title), variables: this.anchoring.environment };
    }
    if (id === EXPORT && this.exporting !== undefined) {
      return { own: this.exporting.rightsOf(title), variables: this.exporting.environment };
    }
    const own = this.telling.rightsOf(id);
    return { own, variables: own.length > 0 ? this.telling.environment : {} };
  }

  /**
   * A function per row of the two tables. A stack may have 500 resources, so those with the same logins share
   * a role, and those of an area a log and a nested stack.
   */
  private makeHandlers(deadLetters: Queue): Map<string, WalletFunction> {
    const { requestBudgetSeconds } = this.stage.api;
    // GETs read, with the login that can do nothing else.
    const rows = [
      ...routeList.map((row) => ({
        ...LAMBDA_DEFAULTS,
        ...row,
        timeoutSeconds: (row.timeoutSeconds ?? requestBudgetSeconds) + SECONDS_TO_ANSWER,
        logins: row.logins ?? ([row.method === 'GET' ? 'reader' : 'writer'] as const),
        more: [],
      })),
      ...schedules.map((row) => ({
        ...LAMBDA_DEFAULTS,
        ...row,
        more: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] })],
      })),
    ];
    const areas = new Map(
      [...new Set(rows.map(({ id }) => areaOf(id)))].map((area) => [
        area,
        {
          scope: new NestedStack(this, `Area-${area}`, { description: `Functions of the wallet: ${area}` }),
          logGroup: logGroupOf(this, area, this.stage),
        },
      ]),
    );
    const roles = new Map<string, FunctionRole>();
    const roleOf = (kind: string, logins: readonly LoginName[], more: PolicyStatement[]): FunctionRole => {
      const name = [kind, ...logins].join('-');
      const role =
        roles.get(name) ??
        new FunctionRole(this, `Role-${name}`, {
          description: `wallet-${this.stage.name}: ${kind} that log in as ${logins.join(' and ')}`,
          stage: this.stage,
          logGroups: [...areas.values()].map(({ logGroup }) => logGroup),
          secrets: logins.map((login) => this.database.loginsOf(this.title.database)[login]),
          inNetwork: true,
          more,
        });
      roles.set(name, role);
      return role;
    };
    const network = { vpc: this.network.vpc, group: this.network.handlers };
    return new Map(
      rows.map(({ id, summary, memoryMb, timeoutSeconds, reservedConcurrency, logins, more }) => {
        const { scope, logGroup } = areas.get(areaOf(id)) as { scope: NestedStack; logGroup: LogGroup };
        const { own, variables } = this.specialOf(id);
        const kind = areaOf(id) === 'jobs' ? 'jobs' : 'endpoints';
        const made = new WalletFunction(scope, {
          id,
          summary,
          folder: this.bundles.folderOf(id),
          memoryMb,
          timeoutSeconds,
          reservedConcurrency,
          environment: {
            ...this.handlerEnvironment(logins),
            ...variables,
          },
          runs: {
            role: roleOf(own.length > 0 ? id.replace('/', '-') : kind, logins, [...more, ...own]),
            logGroup,
            network,
          },
          stage: this.stage,
        });
        return [id, made];
      }),
    );
  }

  private handlerEnvironment(logins: readonly LoginName[]): Record<string, string> {
    const secrets = this.database.loginsOf(this.title.database);
    const [first, second] = logins.map((login) => secrets[login].secretArn);
    const { logLevel, api } = this.stage;
    return {
      [environment.databaseHost]: this.database.proxy.endpoint,
      [environment.databasePort]: String(POSTGRES_PORT),
      [environment.databaseName]: this.title.database,
      // The proxy's certificate is from a public authority that Node.js knows.
      [environment.databaseSsl]: 'verify',
      ...(first && { [environment.databaseSecretArn]: first }),
      ...(second && { [environment.databaseReaderSecretArn]: second }),
      [environment.requestBudgetSeconds]: String(this.stage.api.requestBudgetSeconds),
      [environment.serviceName]: serviceName(this.stage.name),
      [environment.logLevel]: logLevel,
      ...(api.corsOrigins.length > 0 && { [environment.corsOrigin]: api.corsOrigins.join(',') }),
    };
  }

  private makeAuthorizer(): WalletFunction {
    const { issuer = '', audience = '', jwksUri } = this.stage.api.jwt ?? {};
    return this.makeHook('hooks/authorize', {
      [environment.jwtIssuer]: issuer,
      [environment.jwtAudience]: audience,
      ...(jwksUri && { [environment.jwtJwksUri]: jwksUri }),
    });
  }

  private makeConsole({
    clientId,
    scope,
    tokenOrigins,
  }: NonNullable<Stage['api']['console']>): WalletFunction {
    addConsole(this.bundles.folderOf('hooks/console'));
    const variables = {
      [environment.auth]: this.stage.api.auth,
      [environment.jwtIssuer]: this.stage.api.jwt?.issuer ?? '',
      [environment.consoleClientId]: clientId,
      ...(scope && { [environment.consoleScope]: scope }),
      ...(tokenOrigins.length > 0 && { [environment.consoleOrigins]: tokenOrigins.join(',') }),
      ...this.anchoring.environment,
    };
    return this.makeHook('hooks/console', variables, this.anchoring.rightsToKnow());
  }

  private makeSmokeTest(): WalletFunction {
    const name = serviceName(this.stage.name);
    return this.makeHook('hooks/smoke', { [environment.serviceName]: name }, smokeTestRights(this, name));
  }

  /** Outside the network, because what it asks is in the internet: an issuer's keys, or AWS. */
  private makeHook(
    id: 'hooks/authorize' | 'hooks/console' | 'hooks/smoke',
    variables: Record<string, string>,
    more: PolicyStatement[] = [],
  ): WalletFunction {
    this.hooksLog ??= logGroupOf(this, 'hooks', this.stage);
    return new WalletFunction(this, {
      id,
      ...LAMBDA_DEFAULTS,
      ...hooks[id],
      folder: this.bundles.folderOf(id),
      environment: variables,
      runs: {
        logGroup: this.hooksLog,
        role: new FunctionRole(this, `Role-${id.replace('/', '-')}`, {
          description: `wallet-${this.stage.name}: ${hooks[id].summary}`,
          stage: this.stage,
          logGroups: [this.hooksLog],
          secrets: [],
          inNetwork: false,
          more,
        }),
      },
      stage: this.stage,
    });
  }

  private watch(observed: Observed): void {
    const alarms = new Alarms(this, 'Alarms', this.stage, this.topic, titleAlarms(observed));
    addDashboard(this, observed);
    if (this.stage.canary) {
      const deployments = new Deployments(this, 'Deployments', {
        stage: this.stage,
        smokeTest: this.makeSmokeTest(),
        alarm: alarms.add('deployment', deploymentAlarm(observed)),
      });
      // Jobs come too seldom for a canary to see anything: they change at once, and tell their own alarms.
      for (const { id } of routeList) {
        deployments.add(functionOf(observed.functions, id));
      }
    }
  }
}

/** The part of an id before the `/`: wallet, holds, admin, system, jobs. */
function areaOf(id: string): string {
  return id.split('/')[0] ?? id;
}
