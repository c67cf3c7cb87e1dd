import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * AWS CodeDeploy with one deployment, of one function, and AWS Lambda as far as Invoke goes, over HTTP: the
 * real clients of the SDK talk to them.
 */
export interface CodeDeploy {
  /** What the hook reported: Succeeded or Failed. */
  reports: string[];
  /** What an SDK is told in its environment. */
  environment: Record<string, string>;
  close(): void;
}

export const WAITING = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'hook-1' };

/** `invoke` answers for the function; what it throws is a function that failed. */
export async function startCodeDeploy(
  functionName: string,
  invoke: (event: unknown) => Promise<unknown>,
): Promise<CodeDeploy> {
  const reports: string[] = [];
  const properties = { Name: functionName, Alias: 'live', CurrentVersion: '1', TargetVersion: '2' };
  const content = JSON.stringify({
    version: 0.0,
    Resources: [{ Function: { Type: 'AWS::Lambda::Function', Properties: properties } }],
  });
  const answers: Record<string, (body: Record<string, unknown>) => object> = {
    'CodeDeploy_20141006.GetDeployment': ({ deploymentId }) =>
      deploymentId === WAITING.DeploymentId
        ? { deploymentInfo: { revision: { revisionType: 'AppSpecContent', appSpecContent: { content } } } }
        : {},
    'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus': ({ status }) => {
      reports.push(String(status));
      return {};
    },
  };
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await read(request));
    const answer = answers[String(request.headers['x-amz-target'])];
    if (answer) {
      response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(answer(body)));
    } else if (request.url === `/2015-03-31/functions/${functionName}/invocations?Qualifier=2`) {
      const reply = await invoke(body).catch((error: Error) => {
        response.setHeader('x-amz-function-error', 'Unhandled');
        return { errorMessage: error.message };
      });
      response.end(JSON.stringify(reply));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    reports,
    environment: { AWS_ENDPOINT_URL_CODEDEPLOY: url, AWS_ENDPOINT_URL_LAMBDA: url },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString() || 'null';
}
