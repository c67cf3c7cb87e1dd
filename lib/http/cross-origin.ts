import httpCors from '@middy/http-cors';
import { getApp } from '../app/app';
import { EXPOSED_HEADERS } from '../contract/common';
import { headerValues, type Middleware } from './event';

/**
 * Tells browsers whose pages may read a reply, when the app says so: API Gateway answers their preflights,
 * but adds nothing to replies. The app is there once there is an event, so middy's own middleware is made no
 * sooner.
 */
export function crossOrigin(): Middleware {
  const allow: Middleware['after'] = async (request) => {
    const { corsOrigins } = getApp();
    if (corsOrigins !== undefined) {
      // A load balancer may list values and nothing else; middy looks for one alone.
      request.event.headers ??= { origin: headerValues(request.event, 'origin').at(-1) };
      await httpCors({ origins: corsOrigins, exposeHeaders: EXPOSED_HEADERS.join(',') }).after?.(request);
    }
  };
  return { after: allow, onError: allow };
}
