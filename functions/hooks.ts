/**
 * A function that the platform itself calls, neither over HTTP nor by the clock. The id is the file under
 * functions/ and the Lambda's name.
 */
export interface HookRow {
  summary: string;
  timeoutSeconds: number;
  /** See LambdaRow (routes.ts). */
  reservedConcurrency?: number;
}

/** THE table of them. */
export const hooks = {
  'hooks/authorize': {
    summary: 'Answers API Gateway which methods a token may call',
    timeoutSeconds: 10,
    reservedConcurrency: 20,
  },
  'hooks/console': {
    summary: 'Answers the files of the console, and what it must know to sign people in',
    timeoutSeconds: 10,
    reservedConcurrency: 5,
  },
  'hooks/migrate': {
    summary: 'Brings the database up to date before a deployment shifts traffic',
    // A minute less than Lambda allows: what waits for it is a function itself, and must live to tell how it
    // ended.
    timeoutSeconds: 840,
  },
  'hooks/smoke': {
    summary: 'Tries a new version of an endpoint before a deployment shifts traffic to it',
    // More than the slowest endpoint has.
    timeoutSeconds: 60,
  },
} as const satisfies Record<string, HookRow>;
