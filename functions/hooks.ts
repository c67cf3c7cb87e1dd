/** A function that the platform itself calls, neither over HTTP nor by the clock. The id is the file under functions/ and the Lambda's name. */
export interface HookRow {
  summary: string;
  timeoutSeconds: number;
}

/** THE table of them. */
export const hooks = {
  'hooks/authorize': {
    summary: 'Answers API Gateway which methods a token may call',
    timeoutSeconds: 10,
  },
  'hooks/migrate': {
    summary: 'Brings the database up to date before a deployment shifts traffic',
    // As long as Lambda allows: a migration may have to rewrite a table.
    timeoutSeconds: 900,
  },
} as const satisfies Record<string, HookRow>;

export type HookId = keyof typeof hooks;
