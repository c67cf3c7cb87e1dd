import { Text } from '@mantine/core';
import type { ReactNode } from 'react';

export interface Column<Row> {
  title: string;
  value: (row: Row) => ReactNode;
  /** Amounts stand to the right. */
  isAmount?: boolean;
}

interface RecordsProps<Row> {
  caption: string;
  rows: readonly Row[];
  columns: Column<Row>[];
  keyOf: (row: Row) => string;
  /** What stands in place of a table without rows. */
  none: string;
  /** It has few columns, and stays a table on a narrow screen too. */
  isNarrow?: boolean;
  /** The row that was looked for. */
  isFound?: (row: Row) => boolean;
}

/** A table; on a narrow screen each row is a block of names and values. */
export function Records<Row>({ caption, rows, columns, keyOf, none, isNarrow, isFound }: RecordsProps<Row>) {
  if (rows.length === 0) {
    return (
      <Text c="dimmed" size="sm">
        {none}
      </Text>
    );
  }
  return (
    <table className={isNarrow ? 'records narrow' : 'records folds'}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, isAmount }) => (
            <th key={title} scope="col" className={isAmount ? 'amount' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)} aria-current={isFound?.(row) || undefined}>
            {columns.map(({ title, value, isAmount }) => (
              <td key={title} data-title={title} className={isAmount ? 'amount' : undefined}>
                <div>{value(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
