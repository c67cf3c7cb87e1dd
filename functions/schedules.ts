/** A job without HTTP. The id is the file under functions/ and the Lambda's name. */
export interface ScheduleRow {
  summary: string;
  everySeconds: number;
  timeoutSeconds: number;
  /** Where it needs more than others. */
  memoryMb?: number;
  /** Whom it logs in as: who posts, who reads, or both. */
  logins: readonly ('writer' | 'reader')[];
  /** It works for as long as its timeout lets it, and others run beside it. */
  lasting?: boolean;
  /**
   * Runs at a time at most: the next one never starts beside one that takes long. Those of a lasting one
   * follow each other without a gap.
   */
  reservedConcurrency: 1 | 2;
}

const table = {
  'jobs/checkpoint': {
    summary: 'Signs what was committed, so that nobody can change it unseen',
    everySeconds: 60,
    timeoutSeconds: 60,
    logins: ['writer', 'reader'],
    reservedConcurrency: 1,
  },
  'jobs/count-totals': {
    summary: 'Adds up what was posted, for statements',
    everySeconds: 60,
    timeoutSeconds: 60,
    logins: ['writer', 'reader'],
    reservedConcurrency: 1,
  },
  'jobs/deliver-events': {
    summary: 'Tells subscribers what was committed',
    everySeconds: 60,
    // It ends by itself some seconds after the next one has begun. A lease keeps them apart.
    timeoutSeconds: 75,
    lasting: true,
    logins: ['writer', 'reader'],
    reservedConcurrency: 2,
  },
  'jobs/expire-holds': {
    summary: 'Marks expired holds and frees what they reserved',
    everySeconds: 60,
    timeoutSeconds: 60,
    logins: ['writer'],
    reservedConcurrency: 1,
  },
  'jobs/expire-lots': {
    summary: 'Books what has expired of balances with lots',
    everySeconds: 60,
    timeoutSeconds: 300,
    logins: ['writer', 'reader'],
    reservedConcurrency: 1,
  },
  'jobs/export': {
    summary: 'Writes what was committed to files, where it is told to',
    everySeconds: 86_400,
    timeoutSeconds: 900,
    // A file of fifty thousand events is made in memory.
    memoryMb: 1_024,
    logins: ['reader'],
    reservedConcurrency: 1,
  },
  'jobs/reconcile-full': {
    summary: 'Holds the whole ledger against itself',
    everySeconds: 86_400,
    timeoutSeconds: 900,
    logins: ['writer', 'reader'],
    reservedConcurrency: 1,
  },
  'jobs/reconcile': {
    summary: 'Holds what was posted since the last run against its balances',
    everySeconds: 3_600,
    timeoutSeconds: 300,
    logins: ['writer', 'reader'],
    reservedConcurrency: 1,
  },
} as const satisfies Record<string, ScheduleRow>;

export type JobId = keyof typeof table;

/** THE table of what runs by the clock, with ids. */
export const schedules: readonly (ScheduleRow & { id: JobId })[] = Object.entries(table).map(([id, row]) => ({
  id: id as JobId,
  ...row,
}));
