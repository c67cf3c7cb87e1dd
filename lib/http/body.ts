import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { invalid, WalletError } from '../base/errors';
import { findInexactNumber } from '../base/json';
import type { Invocation } from './invocation';

/** Bytes of a request's body, where its route does not say otherwise. */
export const MAX_BODY_BYTES = 64 * 1024;

const parser = httpJsonBodyParser();

/** Turns the body's text into JSON, or refuses it: too large, not JSON by its type, not JSON, not exact. No body is the empty object. */
export async function parseBody(invocation: Invocation, maxBytes: number): Promise<void> {
  if (typeof invocation.body !== 'string') {
    invocation.body = {};
    return;
  }
  const bytes = Buffer.from(invocation.body, invocation.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) {
    throw new WalletError('PAYLOAD_TOO_LARGE', `the body is larger than ${maxBytes} bytes`);
  }
  const contentType = invocation.headers['content-type']?.at(-1)?.toLowerCase();
  if (!isJson(contentType)) {
    throw new WalletError('UNSUPPORTED_MEDIA_TYPE', 'the content-type must be application/json');
  }
  if (!isUtf8(bytes)) {
    throw new WalletError('MALFORMED_JSON', 'the body is not UTF-8');
  }
  const text = bytes.toString();
  await parse(invocation, contentType, text);
  const inexact = findInexactNumber(text);
  if (inexact !== undefined) {
    throw invalid(inexact.path, `number ${inexact.number.slice(0, 40)} would lose digits as a double: send it as a string`);
  }
}

function isJson(contentType: string | undefined): contentType is string {
  return contentType !== undefined && /^application\/(.+\+)?json\s*($|;)/.test(contentType);
}

async function parse(invocation: Invocation, contentType: string, text: string): Promise<void> {
  const event = { headers: { 'content-type': contentType.replace(/\s*;/, ';') }, body: text as unknown, isBase64Encoded: false };
  try {
    await parser.before?.({ event } as never);
  } catch {
    throw new WalletError('MALFORMED_JSON');
  }
  invocation.body = event.body;
}
