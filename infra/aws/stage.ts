import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

const retentions = Object.values(RetentionDays).filter((days) => typeof days === 'number');

/** What differs from stage to stage: the settings of cdk.json. */
const stageSettings = z.strictObject({
  /** Of the network; may overlap with no network that it will be peered with. */
  cidr: z.cidrv4(),
  database: z.strictObject({
    /** Aurora capacity units, of about 2 GiB of memory each. */
    minAcu: z.number().min(0.5).max(256),
    maxAcu: z.number().min(1).max(256),
    /** A second instance in another zone, to fail over to. */
    reader: z.boolean(),
    backupDays: z.int().min(1).max(35),
  }),
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
       * iam: callers sign with a role that has one of the three policies. jwt: callers bring an access token.
       */
      auth: z.enum(['iam', 'jwt']),
      jwt: z
        .strictObject({
          issuer: z.url({ protocol: /^https$/ }),
          audience: z.string().min(1),
          jwksUri: z.url({ protocol: /^https$/ }).optional(),
        })
        .optional(),
      /** Origins whose pages may call; none: game backends alone. */
      corsOrigins: z.array(z.union([z.literal('*'), z.url({ protocol: /^https?$/ })])),
      /** 0: no rule. At least 10, which is the least that WAF counts. */
      requestsPerMinutePerIp: z
        .int()
        .refine((count) => count === 0 || count >= 10, 'must be 0 or at least 10'),
      throttle: z.strictObject({ requestsPerSecond: z.int().min(1), burst: z.int().min(1) }),
    })
    .refine(({ auth, jwt }) => auth !== 'jwt' || jwt !== undefined, {
      path: ['jwt'],
      error: 'is required when auth is jwt',
    }),
  /** Shift a tenth of the traffic first, and go back by itself when a new version fails. */
  canary: z.boolean(),
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
