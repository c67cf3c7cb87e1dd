import Table from 'cli-table3';

export type Row = Record<string, unknown>;

/** A reply as JSON for scripts, or as rows for people. */
export function show(reply: unknown, rows: Row[], asJson: boolean | undefined): void {
  process.stdout.write(asJson ? `${JSON.stringify(reply, null, 2)}\n` : tableOf(rows));
}

function tableOf(rows: Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = new Table({ head: names, style: { head: [], border: [] } });
  table.push(...rows.map((row) => names.map((name) => cellOf(row[name]))));
  return rows.length === 0 ? 'none\n' : `${table.toString()}\n`;
}

function cellOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** Some fields of a row, in this order. */
export const pick =
  (...names: string[]) =>
  (row: object): Row =>
    Object.fromEntries(names.map((name) => [name, (row as Row)[name]]));
