import { encodeCursor } from '../../lib/contract/common';
import { endpoint } from '../../lib/http/endpoint';
import { pageOf } from '../../lib/http/pages';
import { actData } from '../../lib/http/resources';
import { routes } from '../routes';

export const handler = endpoint(routes['admin/list-acts'], async ({ input, app, call }) => {
  const { userId, limit, cursor } = input;
  const rows = await app.ledger.readActs(userId, limit + 1, cursor, call);
  const { page, nextCursor } = pageOf(rows, limit, ({ id }) => encodeCursor(id));
  return { data: { userId, acts: page.map(actData), nextCursor } };
});
