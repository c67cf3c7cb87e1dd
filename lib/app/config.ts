import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { environment } from '../base/environment';
import { EXPORT_FORMAT_NAMES } from '../base/export-formats';
import { MAIN_TITLE, rolesOf, TITLE_NAME } from '../base/roles';
import { type OutsideConfig, outsideConfig } from './key-settings';

/** Where a login's user and password come from. */
export type LoginSource = { user: string; password: string } | { secretArn: string };

export interface ServiceConfig extends OutsideConfig {
  database: {
    host: string;
    port: number;
    name: string;
    tls: false | { ca?: string | undefined };
    /** Posts. */
    writer: LoginSource;
    /** Reads, without serializable isolation. The writer's login serves when it has none of its own. */
    reader: LoginSource;
    poolMin: number;
    poolMax: number;
    preparedStatements: boolean;
  };
  /** Milliseconds after which a request gives up, unless its row gives it more time. */
  requestBudgetMillis: number;
  retryAttempts: number;
  /**
   * Origins whose pages may read replies; absent where the host in front of the handlers says so itself, or
   * nobody may.
   */
  corsOrigins?: string[] | undefined;
  /** What logs and metrics are filed under. */
  serviceName: string;
  logLevel: LogLevel;
  metrics: boolean;
}

/** Whose tokens are accepted, and for whom they must have been made. */
export interface JwtConfig {
  issuer: string;
  audiences: string[];
  /** Where the issuer's keys are; absent: below the issuer, as Cognito has them. */
  jwksUri?: string | undefined;
  /** The keys themselves, where nothing is to be fetched. */
  keys?: JsonWebKeySet | undefined;
}

/** Public keys (RFC 7517), each with its id. */
export type JsonWebKeySet = {
  keys: { kid: string; kty: string; alg: string; use: 'sig'; [parameter: string]: string }[];
};

/**
 * What brings a database up to date: its owner's login, and those of the service, which must work afterwards.
 */
export interface MigratorConfig {
  host: string;
  port: number;
  name: string;
  tls: ServiceConfig['database']['tls'];
  owner: LoginSource;
  logins: LoginSource[];
}

export type LogLevel = 'error' | 'warn' | 'info' | 'http' | 'debug';

export type Environment = Record<string, string | undefined>;

const port = z.coerce
  .number('must be a port number')
  .int()
  .min(1, 'must be a port number')
  .max(65_535, 'must be a port number');
const count = (min: number, max: number) =>
  z
    .string()
    .regex(/^[0-9]{1,6}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(
      z
        .number()
        .min(min, `must be a whole number from ${min} to ${max}`)
        .max(max, `must be a whole number from ${min} to ${max}`),
    );
const text = z.string().min(1, 'must not be empty');
const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

const TITLE_RULE = 'must be of lower-case letters, digits and _, because its roles are named after it';

/** Every setting: its rule, and its default where it has one. README, Settings, says what each is for. */
export const settings = z.object({
  [environment.databaseUrl]: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/database' })
    .refine((url) => TITLE_NAME.test(new URL(url).pathname.slice(1) || MAIN_TITLE), {
      error: `names a database that ${TITLE_RULE}`,
    })
    .optional(),
  [environment.databaseHost]: text.optional(),
  [environment.databasePort]: port.default(5432),
  [environment.databaseName]: z.string().regex(TITLE_NAME, TITLE_RULE).default(MAIN_TITLE),
  [environment.databaseUser]: text.optional(),
  [environment.databasePassword]: text.optional(),
  [environment.databaseSecretArn]: text.optional(),
  [environment.databaseReaderSecretArn]: text.optional(),
  [environment.databaseOwnerSecretArn]: text.optional(),
  [environment.databaseSsl]: z.enum(['verify', 'disable'], 'must be verify or disable').optional(),
  [environment.databaseCaFile]: text.optional(),
  [environment.proxyHost]: text.optional(),
  [environment.proxyPort]: port.default(6432),
  [environment.appPassword]: text.optional(),
  [environment.readerPassword]: text.optional(),
  [environment.localPort]: port.default(54_329),
  [environment.startupSeconds]: count(0, 3_600).default(30),
  [environment.poolMin]: count(0, 1000).optional(),
  [environment.poolMax]: count(1, 1000).optional(),
  [environment.preparedStatements]: flag.optional(),
  [environment.requestBudgetSeconds]: count(1, 25).default(8),
  [environment.retryAttempts]: count(1, 1000).default(60),
  [environment.port]: port.default(3000),
  [environment.listenHost]: text.default('localhost'),
  [environment.publishedHost]: text.optional(),
  [environment.rateLimitPerMinute]: count(0, 1_000_000).optional(),
  [environment.corsOrigin]: text.default('*'),
  [environment.auth]: z.enum(['none', 'jwt', 'local'], 'must be none, jwt or local').optional(),
  [environment.jwtIssuer]: z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional(),
  [environment.jwtAudience]: text.optional(),
  [environment.jwtJwksUri]: z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional(),
  [environment.consoleClientId]: text.optional(),
  [environment.consoleScope]: text.default('openid wallet:admin'),
  [environment.consoleOrigins]: text.optional(),
  [environment.webhookKeyId]: text.optional(),
  [environment.webhookKeyFile]: text.default('.local/webhooks.key'),
  [environment.webhookAllowPrivate]: flag.default(false),
  [environment.checkpointKeyId]: text.optional(),
  [environment.checkpointKeyFile]: text.default('.local/checkpoints.key'),
  [environment.checkpointAnchors]: text.default('.local/anchors'),
  [environment.exportTo]: text.optional(),
  [environment.exportFormat]: z
    .enum(EXPORT_FORMAT_NAMES, `must be ${EXPORT_FORMAT_NAMES.join(', ')}`)
    .default('ndjson'),
  [environment.serviceName]: text.default('wallet'),
  [environment.logLevel]: z
    .enum(['error', 'warn', 'info', 'http', 'debug'], 'must be error, warn, info, http or debug')
    .default('info'),
  [environment.logFolder]: text.default('logs'),
});

export type Settings = z.output<typeof settings>;

/** Our prefixes: a variable that begins so and is not in the list above is a mistake. */
const OURS =
  /^(DB_|RATE_LIMIT|CORS_|REQUEST_|RETRY_|LOG_|JWT_|LISTEN|CONSOLE_|WEBHOOK_|CHECKPOINT_|EXPORT_|AUTH$)/;

/** This process's own variables: the one place that reads them. */
export function processEnvironment(): Environment {
  return process.env;
}

/** npm tells what it runs the name of its script. */
export function startedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

/**
 * Reads and checks all settings. Throws one line that names the variable and the rule. An empty variable
 * counts as absent.
 */
export function readSettings(env: Environment): Settings {
  const known = new Set<string>(Object.values(environment));
  const unknown = Object.keys(env).find((name) => OURS.test(name) && !known.has(name));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is not a setting of this service (see .env.example)`);
  }
  const given = Object.entries(env).filter(
    ([name, value]) => known.has(name) && value !== undefined && value !== '',
  );
  const parsed = settings.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`${issue?.path.join('.')} ${issue?.message}`);
  }
  return parsed.data;
}

/** A setting that this process cannot do without. */
function required(read: Settings, name: keyof Settings): string {
  const value = read[name];
  if (typeof value !== 'string') {
    throw new Error(`${name} must be set`);
  }
  return value;
}

/**
 * The configuration of a Lambda function: one connection per container, the login from Secrets Manager or
 * from the environment.
 */
export function lambdaConfig(env: Environment): ServiceConfig {
  const read = readSettings(env);
  const host = required(read, environment.databaseHost);
  const writer = loginSource(read.DB_SECRET_ARN, read.DB_USER, read.DB_PASSWORD);
  if (writer === undefined) {
    throw new Error(
      `${environment.databaseSecretArn}, or ${environment.databaseUser} and ${environment.databasePassword}, must be set`,
    );
  }
  return {
    database: {
      host,
      port: read.DB_PORT,
      name: read.DB_NAME,
      tls: tlsFor(host, read),
      writer,
      reader:
        loginSource(read.DB_READER_SECRET_ARN, rolesOf(read.DB_NAME).reader, read.DB_READER_PASSWORD) ??
        writer,
      // Kept however long the container sleeps: pg would close an idle one at the first moment after a thaw,
      // which is that of the next event.
      poolMin: read.DB_POOL_MIN ?? 1,
      poolMax: read.DB_POOL_MAX ?? 1,
      preparedStatements: read.DB_PREPARED_STATEMENTS ?? false,
    },
    requestBudgetMillis: read.REQUEST_BUDGET_SECONDS * 1_000,
    retryAttempts: read.RETRY_ATTEMPTS,
    // Without a setting no page of another origin may read a reply; the local host, which has pages to try
    // it, is open by default.
    corsOrigins: env[environment.corsOrigin] ? splitList(read.CORS_ORIGIN) : undefined,
    serviceName: read.SERVICE_NAME,
    logLevel: read.LOG_LEVEL,
    metrics: true,
    ...outsideConfig(read, read.DB_NAME),
  };
}

/** Whose tokens the authorizer accepts. Throws one line that names what is missing. */
export function jwtConfig(read: Settings): JwtConfig {
  return {
    issuer: required(read, environment.jwtIssuer),
    audiences: splitList(required(read, environment.jwtAudience)),
    jwksUri: read.JWT_JWKS_URI,
  };
}

/**
 * The configuration of the function that migrates at deploy: it goes straight to the cluster, without the
 * proxy.
 */
export function migratorConfig(env: Environment): MigratorConfig {
  const read = readSettings(env);
  const host = required(read, environment.databaseHost);
  return {
    host,
    port: read.DB_PORT,
    name: read.DB_NAME,
    tls: tlsFor(host, read),
    owner: { secretArn: required(read, environment.databaseOwnerSecretArn) },
    logins: [environment.databaseSecretArn, environment.databaseReaderSecretArn].map((name) => ({
      secretArn: required(read, name),
    })),
  };
}

export function splitList(text: string): string[] {
  return text.split(',').map((item) => item.trim());
}

function loginSource(
  secretArn: string | undefined,
  user: string | undefined,
  password: string | undefined,
): LoginSource | undefined {
  if (secretArn !== undefined) {
    return { secretArn };
  }
  return user !== undefined && password !== undefined ? { user, password } : undefined;
}

/** TLS is verified unless the connection stays on this machine or a setting says otherwise. */
export function tlsFor(
  host: string,
  read: Pick<Settings, 'DB_SSL' | 'DB_CA_FILE'>,
): ServiceConfig['database']['tls'] {
  const mode = read.DB_SSL ?? (isLoopback(host) ? 'disable' : 'verify');
  if (mode === 'disable') {
    return false;
  }
  return { ca: read.DB_CA_FILE === undefined ? undefined : readFileSync(read.DB_CA_FILE, 'utf8') };
}

/** Also a Unix socket's folder. */
export function isLoopback(host: string): boolean {
  return /^(localhost$|::1$|(::ffff:)?127\.|\/)/.test(host);
}
