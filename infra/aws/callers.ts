import type { RestApi } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnOutput } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { routeList } from '../../functions/routes';
import { pathPattern } from '../../lib/base/paths';

/** A managed policy per scope, for the roles of those who call: each names the methods of its scope and no other. */
export class Callers extends Construct {
  constructor(scope: Construct, id: string, api: RestApi, stageName: string) {
    super(scope, id);
    for (const wanted of ['read', 'write', 'admin'] as const) {
      const policy = new ManagedPolicy(this, wanted, {
        managedPolicyName: `wallet-${stageName}-${wanted}`,
        description: `May call the ${wanted} methods of the wallet`,
        statements: [
          new PolicyStatement({
            actions: ['execute-api:Invoke'],
            resources: routeList
              .filter((route) => route.scope === wanted)
              .map(({ method, path }) => api.arnForExecuteApi(method, pathPattern(path), stageName)),
          }),
        ],
      });
      new CfnOutput(this, `${wanted}-policy`, { value: policy.managedPolicyArn });
    }
  }
}
