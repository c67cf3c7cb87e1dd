import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { invalid, WalletError } from '../base/errors';
import { findJsonFault } from '../base/json';
import { type HttpEvent, headerValues, type Middleware } from './event';

/** Bytes of a request's body, where its route does not say otherwise. */
const MAX_BODY_BYTES = 64 * 1024;

/** `readText` has judged the type. The option is in middy's documents, and missing in its types. */
const PARSER = { disableContentTypeError: false, disableContentTypeCheck: true };

/**
 * Turns the body into JSON, or refuses it: too large, compressed, not JSON by its type, not JSON, or a text
 * that says more than its parsed value. No body is the empty object.
 */
export function jsonBody(maxBytes = MAX_BODY_BYTES): Middleware<{ json: string }>[] {
  return [readText(maxBytes), httpJsonBodyParser<HttpEvent>(PARSER), refuseFaults()];
}

/**
 * What middy's parser leaves open: the size, the encoding, types in any spelling, and that bytes are UTF-8.
 */
function readText(maxBytes: number): Middleware<{ json: string }> {
  return {
    before: ({ event }) => {
      const { body } = event;
      event.json = typeof body === 'string' && body !== '' ? textOf(event, body, maxBytes) : '{}';
      event.body = event.json;
      event.isBase64Encoded = false;
    },
    onError: (request) => {
      // The parser calls a text that is not JSON an unsupported media type.
      if (request.error?.name === 'UnsupportedMediaTypeError') {
        request.error = new WalletError('MALFORMED_JSON');
      }
    },
  };
}

function textOf(event: HttpEvent, body: string, maxBytes: number): string {
  const bytes = event.isBase64Encoded ? Buffer.from(body, 'base64') : undefined;
  if ((bytes?.length ?? Buffer.byteLength(body)) > maxBytes) {
    throw new WalletError('PAYLOAD_TOO_LARGE', `the body is larger than ${maxBytes} bytes`);
  }
  const encodings = headerValues(event, 'content-encoding');
  if (encodings.length > 0 && encodings.join().toLowerCase() !== 'identity') {
    throw new WalletError(
      'UNSUPPORTED_MEDIA_TYPE',
      'the body must come uncompressed, without a content-encoding',
    );
  }
  if (!/^application\/(.+\+)?json\s*($|;)/i.test(headerValues(event, 'content-type').at(-1) ?? '')) {
    throw new WalletError('UNSUPPORTED_MEDIA_TYPE', 'the content-type must be application/json');
  }
  if (bytes !== undefined && !isUtf8(bytes)) {
    throw new WalletError('MALFORMED_JSON', 'the body is not UTF-8');
  }
  // Half a character has no UTF-8: it becomes U+FFFD.
  return bytes?.toString() ?? body.toWellFormed();
}

function refuseFaults(): Middleware<{ json: string }> {
  return {
    before: ({ event }) => {
      const fault = findJsonFault(event.json, event.body);
      if (fault !== undefined) {
        throw invalid(fault.path, fault.message);
      }
    },
  };
}
