/**
 * Cuts a page of `limit` rows. The caller has read one row more: when that row is there, there is another
 * page.
 */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  cursorAfter: (row: Row) => string,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { page, nextCursor: last === undefined ? null : cursorAfter(last) };
}
