/** A job without HTTP. The id is the file under functions/ and the Lambda's name. */
export interface ScheduleRow {
  summary: string;
  everySeconds: number;
  timeoutSeconds: number;
}

const table = {
  'jobs/expire-holds': {
    summary: 'Marks expired holds and frees what they reserved',
    everySeconds: 60,
    timeoutSeconds: 60,
  },
  'jobs/reconcile-full': {
    summary: 'Holds the whole ledger against itself',
    everySeconds: 86_400,
    timeoutSeconds: 900,
  },
  'jobs/reconcile': {
    summary: 'Holds what was posted since the last run against its balances',
    everySeconds: 3_600,
    timeoutSeconds: 300,
  },
} as const satisfies Record<string, ScheduleRow>;

export type JobId = keyof typeof table;

/** THE table of what runs by the clock, with ids. */
export const schedules: readonly (ScheduleRow & { id: JobId })[] = Object.entries(table).map(([id, row]) => ({
  id: id as JobId,
  ...row,
}));
