/** The short form runs within npm test; npm run test:faults sets FAULT_SECONDS for the long one. */
export const faultMillis = Number(process.env.FAULT_SECONDS ?? 3) * 1000;

/** Jest's patience with one scenario. */
export const patienceMillis = faultMillis + 60_000;

/** One line per scenario, so that a long run can be quoted. */
export function report(scenario: string, counts: object): void {
  process.stdout.write(`${scenario}: ${JSON.stringify(counts)}\n`);
}
