import type { Statement } from './database';

/** A call of a SQL function that answers rows. */
export function statement(functionName: string, parameters: string): Statement {
  return { name: functionName, text: `SELECT * FROM public.${functionName}(${parameters})` };
}

/** The row of a function that returns one. */
export async function one<Row>(rows: Promise<Row[]>): Promise<Row> {
  const [row] = await rows;
  if (row === undefined) {
    throw new Error('a function that returns one row returned none');
  }
  return row;
}
