import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ConsoleHandler } from '../../lib/http/console';
import { toEvent } from '../../lib/http/gateway-event';

/** Where `npm run console` builds it. */
export const CONSOLE_FOLDER = path.resolve('console/dist');

/** The console at /console, by the function that serves it on AWS. */
export function addConsole(app: FastifyInstance, handler: ConsoleHandler | undefined): void {
  if (handler === undefined) {
    return;
  }
  const serve = async ({ id, ip, raw }: FastifyRequest, reply: FastifyReply) => {
    const event = toEvent(
      {
        method: 'GET',
        resource: '/console/{file+}',
        url: raw.url ?? '/console',
        headers: {},
        pathParameters: {},
        body: undefined,
        sourceIp: ip,
      },
      id,
    );
    const { statusCode, headers, body } = await handler(event);
    return reply
      .code(statusCode)
      .headers(headers as Record<string, string>)
      .send(body);
  };
  app.get('/console', serve);
  app.get('/console/*', serve);
}
