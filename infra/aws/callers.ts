import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { type Route, routeList } from '../../functions/routes';
import { pathPattern } from '../../lib/base/paths';
import { SCOPES } from '../../lib/contract/scopes';

/**
 * A managed policy per scope, for the roles of the callers: each names the methods that its scope opens and
 * no other. A batch goes to the roles that may both spend and grant: IAM cannot see which elements it has.
 */
export class Callers extends Construct {
  constructor(scope: Construct, id: string, api: RestApi, stageName: string) {
    super(scope, id);
    for (const wanted of ['read', 'spend', 'grant', 'write', 'events', 'admin'] as const) {
      const isWhole = wanted === 'write' || wanted === 'admin';
      const opens = (route: Route) =>
        SCOPES[route.scope].includes(`wallet:${wanted}`) && (route.id !== 'wallet/batch' || isWhole);
      const arns = (rows: readonly Route[]) =>
        rows.map(({ method, path }) => api.arnForExecuteApi(method, pathPattern(path), stageName));
      const [open, closed] = [
        routeList.filter(opens),
        routeList.filter((route) => !opens(route) && route.scope !== 'public'),
      ];
      // The `*` of /api/accounts/* would open what lies below it as well.
      const covered = closed.filter((route) => open.some((other) => isBelow(route, other)));
      const policy = new ManagedPolicy(this, wanted, {
        managedPolicyName: `wallet-${stageName}-${wanted}`,
        description: `May call the ${wanted} methods of the wallet`,
        statements: [
          new PolicyStatement({ actions: ['execute-api:Invoke'], resources: arns(open) }),
          ...(covered.length > 0
            ? [
                new PolicyStatement({
                  effect: Effect.DENY,
                  actions: ['execute-api:Invoke'],
                  resources: arns(covered),
                }),
              ]
            : []),
        ],
      });
      new CfnOutput(this, `${wanted}-policy`, { value: policy.managedPolicyArn });
    }
  }
}

function isBelow(route: Route, other: Route): boolean {
  return route.method === other.method && other.path.endsWith('}') && route.path.startsWith(other.path);
}
