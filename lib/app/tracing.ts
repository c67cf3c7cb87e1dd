import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { Trace } from '../db/database';
import { processEnvironment } from './config';

/** How Lambda says of which trace the event is a part, where X-Ray samples it. */
const SAMPLED = /^Root=([^;]+);Parent=([^;]+);Sampled=1/;
const HEADER = '{"format":"json","version":1}';

let socket: Socket | undefined;

/**
 * Shows a piece of work to X-Ray, as a subsegment of the function's own, where it samples the event. Of an
 * error it tells that there was one, and no message: those name users and balances.
 *
 * X-Ray's SDK is not used, nor Powertools' tracer, which is made of it: it has been in maintenance since
 * February 2026, it makes a bundle half as large again, and its hooks cost every promise. A subsegment is a
 * datagram to the daemon that Lambda runs beside the function (X-Ray developer guide, "Sending trace data to
 * AWS X-Ray" and "AWS X-Ray segment documents").
 */
export const traced: Trace = (name, work) => {
  const { _X_AMZN_TRACE_ID: trace, AWS_XRAY_DAEMON_ADDRESS: daemon } = processEnvironment();
  const [, traceId, parentId] = SAMPLED.exec(trace ?? '') ?? [];
  return traceId === undefined || daemon === undefined
    ? work()
    : inSubsegment(daemon, { name, trace_id: traceId, parent_id: parentId, type: 'subsegment' }, work);
};

async function inSubsegment<Result>(
  daemon: string,
  about: object,
  work: () => Promise<Result>,
): Promise<Result> {
  const startTime = Date.now();
  let error = true;
  try {
    const result = await work();
    error = false;
    return result;
  } finally {
    const subsegment = {
      ...about,
      id: randomBytes(8).toString('hex'),
      start_time: startTime / 1_000,
      end_time: Date.now() / 1_000,
      error,
    };
    const [host, port] = daemon.split(':');
    socket ??= createSocket('udp4').unref();
    // A trace that does not arrive is no reason to fail.
    socket.send(`${HEADER}\n${JSON.stringify(subsegment)}`, Number(port), host, () => undefined);
  }
}
