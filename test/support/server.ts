import type { AdminConnection } from '../../lib/db/migrate';
import type { LambdaRuntime } from './lambda-runtime';

const citus = new URL(process.env.CITUS_URL ?? 'citus:');
/** Several runs may share a cluster of nodes, each by a database of its own. */
export const TEMPLATE = `wallet_template${citus.pathname.replace('/', '_')}`;
export const PASSWORDS = { wallet_app: 'app', wallet_reader: 'reader' };

/** The administrator's connection to the run's PostgreSQL. */
export function testServer(): AdminConnection & { host: string; port: number } {
  return JSON.parse(process.env.TEST_POSTGRES ?? '{}');
}

/** Of npm run test:distributed: the nodes of the cluster, the coordinator first; else none. */
export function testNodes(): AdminConnection[] {
  return JSON.parse(process.env.TEST_NODES ?? '[]');
}

/** Where handlers connect: the server, or the pooler of npm run test:pooled. */
export function handlersPort(): number {
  return Number(process.env.TEST_POOLER_PORT ?? testServer().port);
}

/** Of npm run test:artefact: the functions as AWS gets them, and how they reach the database. */
export interface Artefact {
  runtime: LambdaRuntime;
  certFile: string;
  keyFile: string;
  poolerPort: number;
}

export function artefact(): Artefact | undefined {
  return process.env.TEST_LAMBDA === undefined ? undefined : JSON.parse(process.env.TEST_LAMBDA);
}
