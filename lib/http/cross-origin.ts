import httpCors from '@middy/http-cors';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { getApp } from '../app/app';
import { EXPOSED_HEADERS } from '../contract/common';
import type { Invocation } from './invocation';

interface Exchange {
  event: Partial<Invocation>;
  response: APIGatewayProxyResult | null;
}

/** Tells browsers whose pages may read a reply, when the app says so: API Gateway answers their preflights, but adds nothing to replies. */
export function crossOrigin() {
  const allow = async ({ event, response }: Exchange): Promise<void> => {
    const { corsOrigins } = getApp();
    if (corsOrigins !== undefined && response !== null) {
      const cors = httpCors({ origins: corsOrigins, exposeHeaders: EXPOSED_HEADERS.join(',') });
      const request = { event: { headers: { origin: event.headers?.origin?.at(-1) } }, response };
      await cors.after?.(request as never);
      Object.assign(response, request.response);
    }
  };
  return { after: allow, onError: allow };
}
