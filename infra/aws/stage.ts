import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import type { Route } from '../../functions/routes';
import { EXPORT_FORMAT_NAMES } from '../../lib/base/export-formats';
import { MAIN_TITLE } from '../../lib/base/roles';

const retentions = Object.values(RetentionDays).filter((days) => typeof days === 'number');

/** Databases that are there already, and the name of the data's own stack. */
const TAKEN = ['postgres', 'rdsadmin', 'template0', 'template1', MAIN_TITLE, 'data'];

/** What differs from stage to stage: the settings of cdk.json. */
const stageSettings = z.strictObject({
  /** The games that share the network and the cluster: see Title. Never take one away that has players. */
  titles: z
    .array(z.string().regex(/^[a-z][a-z0-9]{0,11}$/, 'must be short lower-case names'))
    .min(1, 'must name at least one title, such as "main"')
    .refine((titles) => new Set(titles).size === titles.length, 'must name each title once')
    .refine(
      (titles) => !titles.some((title) => TAKEN.includes(title)),
      `must not be called ${TAKEN.join(', ')}: these names are taken`,
    ),
  /** Of the network; may overlap with no network that it will be peered with. */
  cidr: z.cidrv4(),
  /**
   * Letters of the region's zones that it spans. RDS Proxy does not run in every zone (RUNBOOK.md, First
   * deploy), so they are named, not taken.
   */
  availabilityZones: z
    .array(z.string().regex(/^[a-z]$/, 'must be letters of zones, such as "a"'))
    .min(2, 'must name at least two zones')
    .refine((zones) => new Set(zones).size === zones.length, 'must name each zone once'),
  /**
   * Whether stacks and cluster refuse to be deleted. With it a first deployment that fails cannot clean up
   * after itself: turn it on with the second (RUNBOOK.md, First deploy).
   */
  protect: z.boolean(),
  database: z.strictObject({
    /** Aurora capacity units, of about 2 GiB of memory each. */
    minAcu: z.number().min(0.5).max(256),
    maxAcu: z.number().min(1).max(256),
    /** A second instance in another zone, to fail over to. */
    reader: z.boolean(),
    /** Days back that the cluster itself can be restored to any second of. */
    backupDays: z.int().min(1).max(35),
    /** Daily snapshots, kept apart from the cluster. */
    vault: z.strictObject({
      keepDays: z.int().min(1).max(365),
      /** Nobody can delete them before their time, for ever (after three days to think). */
      lock: z.boolean(),
      /** Of a vault in another region, where each is copied to. */
      copyVaultArn: z
        .string()
        .regex(
          /^arn:aws[a-z-]*:backup:[a-z0-9-]+:[0-9]{12}:backup-vault:/,
          'must be the ARN of a backup vault',
        )
        .optional(),
    }),
  }),
  /** Where checkpoints are kept outside of the database: how long, and whether nobody can change that. */
  anchors: z.strictObject({
    keepDays: z.int().min(1).max(36_500),
    /** compliance: nobody deletes one before its time. governance: who has the right for it can. */
    mode: z.enum(['compliance', 'governance']),
  }),
  /** What is exported each night, and for how many days the files are kept; absent: nothing is. */
  exports: z
    .strictObject({ format: z.enum(EXPORT_FORMAT_NAMES), keepDays: z.int().min(1).max(36_500) })
    .optional(),
  api: z
    .strictObject({
      /** private: reached through execute-api VPC endpoints alone. regional: from the internet. */
      endpoint: z.enum(['private', 'regional']),
      /**
       * Endpoints of callers' own networks that may reach a private API, beside the one that is made here.
       */
      callerVpcEndpointIds: z.array(
        z.string().regex(/^vpce-[0-9a-f]+$/, 'must be ids such as vpce-0123456789abcdef0'),
      ),
      /**
       * Other accounts whose roles may be given the right to call, when auth is iam; those of this one need
       * no mention.
       */
      callerAccounts: z.array(z.string().regex(/^[0-9]{12}$/, 'must be account ids of 12 digits')),
      /**
       * iam: callers sign with a role that has one of the six policies. jwt: callers bring an access token.
       */
      auth: z.enum(['iam', 'jwt']),
      jwt: z
        .strictObject({
          issuer: z.url({ protocol: /^https$/ }),
          audience: z.string().min(1),
          jwksUri: z.url({ protocol: /^https$/ }).optional(),
        })
        .optional(),
      /** Serves the console at /console, where people sign in at the issuer. Needs auth jwt. */
      console: z
        .strictObject({
          /** Of a public client that knows the address /console/signed-in. */
          clientId: z.string().min(1),
          scope: z.string().min(1).optional(),
          /** Beside the issuer's: where tokens are given, such as the domain of a Cognito user pool. */
          tokenOrigins: z.array(z.url({ protocol: /^https$/ })),
        })
        .optional(),
      /** Origins whose pages may call; none: game backends alone. */
      corsOrigins: z.array(z.union([z.literal('*'), z.url({ protocol: /^https?$/ })])),
      /** 0: no rule. At least 10, which is the least that WAF counts. */
      requestsPerMinutePerIp: z
        .int()
        .refine((count) => count === 0 || count >= 10, 'must be 0 or at least 10'),
      /**
       * Seconds after which a request gives up, where its row does not say otherwise; a 503 that may be
       * retried.
       */
      requestBudgetSeconds: z.int().min(1).max(25),
      throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
      /** Requests that X-Ray traces: so many a second, and of the others this share. */
      traces: z.strictObject({ perSecond: z.int().min(0), share: z.number().min(0).max(1) }),
    })
    .refine(({ auth, jwt }) => auth !== 'jwt' || jwt !== undefined, {
      path: ['jwt'],
      error: 'is required when auth is jwt',
    })
    .refine(({ auth, console }) => auth === 'jwt' || console === undefined, {
      path: ['console'],
      error: 'needs auth to be jwt: a browser has no role to sign with',
    }),
  /** Shift a tenth of the traffic first, and go back by itself when a new version fails. */
  canary: z.boolean(),
  /** Invocations that Lambda runs at once for the whole account (`aws lambda get-account-settings`). */
  accountConcurrency: z.int().min(10),
  /** Apply the rows' reserved concurrency: a new account has too little to share out. */
  reserveConcurrency: z.boolean(),
  logRetentionDays: z
    .int()
    .refine((days) => retentions.includes(days), 'must be a retention that CloudWatch knows'),
  logLevel: z.enum(['error', 'warn', 'info', 'debug']),
  alarmEmails: z.array(z.email()),
});

export type Stage = z.output<typeof stageSettings> & { name: string };

/**
 * One game of a stage: a database of its own in the stage's cluster, and a service stack of its own, whose
 * functions, policies, limits and alarms are called after it.
 */
export interface Title {
  database: string;
  /** The stage's settings, under the title's name. */
  stage: Stage;
}

/** What the settings call the title that goes by the stage's own name. */
const MAIN = 'main';

export function titlesOf(stage: Stage): Title[] {
  return stage.titles.map((title) =>
    title === MAIN
      ? { database: MAIN_TITLE, stage }
      : { database: title, stage: { ...stage, name: `${stage.name}-${title}` } },
  );
}

/**
 * The settings of the stage that `-c stage=NAME` names; dev by default. Throws one line that names the
 * setting and the rule.
 */
export function readStage(stages: unknown, name: unknown = 'dev'): Stage {
  const known = z
    .record(z.string().regex(/^[a-z][a-z0-9]{0,11}$/, 'must be a short lower-case name'), z.unknown())
    .safeParse(stages);
  if (!known.success || typeof name !== 'string' || known.data[name] === undefined) {
    throw new Error(
      `cdk.json has no stage ${name}: stages has ${Object.keys(known.data ?? {}).join(', ') || 'none'}`,
    );
  }
  const parsed = stageSettings.safeParse(known.data[name]);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(`cdk.json, stages.${name}.${issue?.path.join('.')}: ${issue?.message}`);
  }
  return { name, ...parsed.data };
}

/** What logs and metrics of a stage are filed under: two stages may share an account. */
export function serviceName(stageName: string): string {
  return `wallet-${stageName}`;
}

/** Requests a second, and at once, that a route takes of all callers together. */
export function throttleOf(
  { requestsPerSecond: own = Number.POSITIVE_INFINITY }: Pick<Route, 'requestsPerSecond'>,
  { api: { throttle } }: Stage,
): { rate: number; burst: number } {
  return { rate: Math.min(own, throttle.requestsPerSecond), burst: Math.min(own, throttle.burst) };
}
