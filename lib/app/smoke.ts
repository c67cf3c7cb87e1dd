import {
  CodeDeployClient,
  GetDeploymentCommand,
  PutLifecycleEventHookExecutionStatusCommand,
} from '@aws-sdk/client-codedeploy';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { processEnvironment, readSettings } from './config';
import { createLogger } from './observability';

/** What CodeDeploy says of a deployment that waits for a hook. */
export interface Waiting {
  DeploymentId: string;
  LifecycleEventHookExecutionId: string;
}

/** A deployment of one function, as CloudFormation writes it (CodeDeploy user guide, "AppSpec file"). */
const appSpec = z.object({
  Resources: z
    .array(z.record(z.string(), z.unknown()))
    .transform((resources) => resources.flatMap(Object.values))
    .pipe(z.tuple([z.object({ Properties: z.object({ Name: z.string(), TargetVersion: z.string() }) })])),
});

/** What an endpoint answers. */
const answer = z.object({ statusCode: z.number() });

/**
 * Sends an event to the version that a deployment is about to shift traffic to, and tells CodeDeploy whether
 * it may: unless the version answered, and with no server error, the deployment fails and nothing has moved.
 * `eventFor` is asked with the name of the function, without that of the service.
 */
export function smokeTest(eventFor: (name: string) => object) {
  return async ({ DeploymentId: deploymentId, LifecycleEventHookExecutionId }: Waiting): Promise<boolean> => {
    const { SERVICE_NAME: serviceName, LOG_LEVEL: logLevel } = readSettings(processEnvironment());
    const logger = createLogger({ serviceName, logLevel, metrics: false });
    const codeDeploy = new CodeDeployClient({});
    const passed = await tryVersion(codeDeploy, deploymentId, (name) =>
      eventFor(name.slice(serviceName.length + 1)),
    ).then(
      (tried) => {
        logger.info('smoke test', tried);
        return tried.statusCode < 500;
      },
      (error: Error) => {
        logger.error('smoke test failed', { deploymentId, error });
        return false;
      },
    );
    await codeDeploy.send(
      new PutLifecycleEventHookExecutionStatusCommand({
        deploymentId,
        lifecycleEventHookExecutionId: LifecycleEventHookExecutionId,
        status: passed ? 'Succeeded' : 'Failed',
      }),
    );
    return passed;
  };
}

async function tryVersion(
  codeDeploy: CodeDeployClient,
  deploymentId: string,
  eventFor: (name: string) => object,
): Promise<{ function: string; version: string; statusCode: number }> {
  const { deploymentInfo } = await codeDeploy.send(new GetDeploymentCommand({ deploymentId }));
  const { appSpecContent, string } = deploymentInfo?.revision ?? {};
  const [{ Properties }] = appSpec.parse(
    JSON.parse(appSpecContent?.content ?? string?.content ?? 'null'),
  ).Resources;
  const { Name, TargetVersion } = Properties;
  const { FunctionError, Payload } = await new LambdaClient({}).send(
    new InvokeCommand({
      FunctionName: Name,
      Qualifier: TargetVersion,
      Payload: JSON.stringify(eventFor(Name)),
    }),
  );
  const reply = Buffer.from(Payload ?? []).toString();
  if (FunctionError !== undefined) {
    throw new Error(`${Name}:${TargetVersion} ended with ${FunctionError}: ${reply}`);
  }
  return { function: Name, version: TargetVersion, statusCode: answer.parse(JSON.parse(reply)).statusCode };
}
