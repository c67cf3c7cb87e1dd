import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import type { App } from 'aws-cdk-lib/core';
import { makeApp } from '../../../infra/aws/wallet';

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever JSON CloudFormation takes.
export type Json = any;

export interface Synthesis {
  data: Template;
  service: Template;
  /** Of both, by logical id. */
  resources: Record<
    string,
    { Type: string; Properties: Json; DependsOn?: string[]; UpdatePolicy?: Json; DeletionPolicy?: string }
  >;
  /** What the rules found: with a clean one there is nothing in it. */
  report: { pluginReports: { pluginName: string; conclusion: string; violations: Json[] }[] };
}

/** A stage as `npm run synth` makes it, or with some of its settings changed. */
export function synthesize(stage: string, change: (settings: Json) => void = () => undefined): Synthesis {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  change(context.stages[stage]);
  const outdir = mkdtempSync(path.join(tmpdir(), 'wallet-synthesis-'));
  try {
    const assembly = makeApp({ outdir, context: { ...context, stage } }).synth();
    const template = (name: string): Json => assembly.getStackByName(name).template;
    const [data, service] = [template(`wallet-${stage}-data`), template(`wallet-${stage}`)];
    return {
      data: Template.fromJSON(data),
      service: Template.fromJSON(service),
      resources: { ...data.Resources, ...service.Resources },
      report: JSON.parse(readFileSync(path.join(outdir, 'validation-report.json'), 'utf8')),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Regional, with tokens, pages of two origins, and no limit per IP. */
export const synthesizeOpen = (): Synthesis =>
  synthesize('dev', ({ api }) => {
    Object.assign(api, {
      endpoint: 'regional',
      auth: 'jwt',
      jwt: { issuer: 'https://issuer.example', audience: 'game' },
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
  const app = makeApp({ outdir, context: { ...context, stage: 'dev' } });
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
