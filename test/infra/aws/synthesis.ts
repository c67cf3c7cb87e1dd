import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { App } from 'aws-cdk-lib/core';
import { bundleFunctions } from '../../../infra/aws/bundle';
import { functionIds, makeAppWith } from '../../../infra/aws/wallet';

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever JSON CloudFormation takes.
export type Json = any;

export interface Synthesis {
  data: Template;
  service: Template;
  /** Of the other titles. */
  titles: Template[];
  /** Of each stack, the nested ones too, by name: how many resources it has. */
  sizes: Record<string, number>;
  /** Of data and service, by logical id. */
  resources: Record<
    string,
    { Type: string; Properties: Json; DependsOn?: string[]; UpdatePolicy?: Json; DeletionPolicy?: string }
  >;
  /** What the rules found: with a clean one there is nothing in it. */
  report: { pluginReports: { pluginName: string; conclusion: string; violations: Json[] }[] };
}

/** The same for every synthesis of a test file. */
const bundles = bundleFunctions(functionIds);
afterAll(() => bundles.remove());

/** A stage as `npm run synth` makes it, or with some of its settings changed. */
export function synthesize(stage: string, change: (settings: Json) => void = () => undefined): Synthesis {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  change(context.stages[stage]);
  const outdir = mkdtempSync(path.join(tmpdir(), 'wallet-synthesis-'));
  try {
    makeAppWith(bundles, { outdir, context: { ...context, stage } }).synth();
    const [data, service] = [
      readTemplate(outdir, `wallet-${stage}-data`),
      readTemplate(outdir, `wallet-${stage}`),
    ];
    const [, ...others] = context.stages[stage].titles;
    return {
      data: Template.fromJSON(data),
      service: Template.fromJSON(service),
      titles: others.map((title: string) =>
        Template.fromJSON(readTemplate(outdir, `wallet-${stage}-${title}`)),
      ),
      sizes: sizesOf(outdir),
      resources: { ...data.Resources, ...service.Resources },
      report: JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function sizesOf(folder: string): Record<string, number> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(
    files.map((file) => [
      file.replace(/(\.nested)?\.template\.json$/, ''),
      Object.keys(JSON.parse(readFileSync(path.join(folder, file), 'utf8')).Resources).length,
    ]),
  );
}

/** A stack's template, with the resources of its nested stacks beside its own. */
function readTemplate(folder: string, stack: string): Json {
  const nested = readdirSync(folder).filter((file) => file.startsWith(`${stack.replaceAll('-', '')}Area`));
  const [template, ...areas] = [`${stack}.template.json`, ...nested].map(
    (file): Json => JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
  );
  return {
    ...template,
    Resources: Object.assign({}, ...[template, ...areas].map(({ Resources }) => Resources)),
  };
}

/** Of two titles, regional, with tokens, the console, pages of two origins, gradual deployments, and no limit per IP. */
export const synthesizeOpen = (): Synthesis =>
  synthesize('dev', (settings) => {
    settings.titles = ['main', 'chess'];
    settings.canary = true;
    Object.assign(settings.api, {
      endpoint: 'regional',
      auth: 'jwt',
      jwt: { issuer: 'https://issuer.example', audience: 'game' },
      console: { clientId: 'console', tokenOrigins: ['https://sign-in.example'] },
      corsOrigins: ['https://a.example', 'https://b.example'],
      requestsPerMinutePerIp: 0,
    });
  });

export const ofType = ({ resources }: Synthesis, type: string): [string, Json][] =>
  Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties]);
export const functionsOf = (synthesis: Synthesis): [string, Json][] =>
  ofType(synthesis, 'AWS::Lambda::Function').filter(([, { FunctionName }]) => FunctionName !== undefined);
export const nameOf = (id: string, stage = 'dev'): string => `wallet-${stage}-${id.replace('/', '-')}`;

/** Every (method, path) of a template, with the method's properties. */
export function methodsOf(synthesis: Synthesis): [string, Json][] {
  const pathOf = (reference: Json): string => {
    const resource = synthesis.resources[reference?.Ref]?.Properties;
    return resource === undefined ? '' : `${pathOf(resource.ParentId)}/${resource.PathPart}`;
  };
  return ofType(synthesis, 'AWS::ApiGateway::Method').map(([, properties]) => [
    `${properties.HttpMethod} ${pathOf(properties.ResourceId)}`,
    properties,
  ]);
}

/**
 * What the rules say of the `dev` stage once it has been tampered with; the synthesis must not come through.
 */
export function faultsOf(tamper: (app: App) => void): string[] {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const outdir = mkdtempSync(path.join(tmpdir(), 'wallet-synthesis-'));
  const app = makeAppWith(bundles, { outdir, context: { ...context, stage: 'dev' } });
  tamper(app);
  try {
    app.synth();
    return [];
  } catch {
    const { pluginReports }: Synthesis['report'] = JSON.parse(
      readFileSync(path.join(outdir, 'validation-report.json'), 'utf8'),
    );
    return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Without what changes with every change of the code, and what only tells where it came from. */
export function withoutHashes(template: Template): Json {
  return JSON.parse(
    JSON.stringify(template.toJSON())
      .replace(/[0-9a-f]{64}/g, 'HASH')
      .replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1HASH')
      .replace(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1HASH'),
    (name, value) => (name === 'Metadata' || name === 'Tags' ? undefined : value),
  );
}
