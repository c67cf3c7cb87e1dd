import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { invalid, WalletError } from '../base/errors';
import { findJsonFault } from '../base/json';
import type { Invocation } from './invocation';

/** Bytes of a request's body, where its route does not say otherwise. */
export const MAX_BODY_BYTES = 64 * 1024;

const parser = httpJsonBodyParser();

/**
 * Turns the body's text into JSON, or refuses it: too large, compressed, not JSON by its type, not JSON, or a text
 * that says more than its parsed value. No body is the empty object.
 */
export async function parseBody(invocation: Invocation, maxBytes: number): Promise<void> {
  if (typeof invocation.body !== 'string') {
    invocation.body = {};
    return;
  }
  const bytes = Buffer.from(invocation.body, invocation.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) {
    throw new WalletError('PAYLOAD_TOO_LARGE', `the body is larger than ${maxBytes} bytes`);
  }
  const encoding = invocation.headers['content-encoding']?.join() ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new WalletError('UNSUPPORTED_MEDIA_TYPE', 'the body must come uncompressed, without a content-encoding');
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
  const fault = findJsonFault(text, invocation.body);
  if (fault !== undefined) {
    throw invalid(fault.path, fault.message);
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
