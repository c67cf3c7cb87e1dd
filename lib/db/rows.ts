/** What a reconciliation found: how many of each it looked at, and what does not agree. */
export interface Findings {
  checked: Record<string, number>;
  discrepancies: Discrepancy[];
}

/** Beside the check that found it, the ids that it is about. */
interface Discrepancy {
  check: string;
  [about: string]: unknown;
}

/** A row's findings, which are JSON: its type does not say what is in it, so this looks. */
export function findings({
  checked,
  discrepancies,
}: {
  checked: Record<string, unknown>;
  discrepancies: unknown;
}): Findings {
  if (!areCounts(checked) || !areDiscrepancies(discrepancies)) {
    throw new Error('a reconciliation has findings of another form');
  }
  return { checked, discrepancies };
}

function areCounts(json: Record<string, unknown>): json is Record<string, number> {
  return Object.values(json).every((count) => typeof count === 'number');
}

function areDiscrepancies(json: unknown): json is Discrepancy[] {
  return Array.isArray(json) && json.every((found) => typeof found?.check === 'string');
}
