import { holdsCursor } from '../../lib/contract/holds';
import { endpoint } from '../../lib/http/endpoint';
import { pageOf } from '../../lib/http/pages';
import { holdData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['holds/list'], async ({ input, app, call }) => {
  const { userId, limit, cursor, ...filter } = input;
  const rows = await app.ledger.readHolds({ ...filter, userId, limit: limit + 1, before: cursor }, call);
  const { page, nextCursor } = pageOf(rows, limit, (row) =>
    holdsCursor({ micros: row.cursor_micros, id: row.hold_id }),
  );
  return { data: { userId, holds: page.map(holdData), nextCursor } };
});
