import { exportEvents } from '../../lib/http/export';
import { job } from '../../lib/http/job';

export const handler = job('jobs/export', async (app, call) => {
  if (app.exports === undefined) {
    return { files: 0 };
  }
  const { files } = await exportEvents(app, app.exports, call);
  return { files: files.length };
});
