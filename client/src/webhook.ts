import { type Bytes, fromBase64 } from './bytes.ts';
import type { WalletEvent } from './generated.ts';

/** A webhook that is not from the service, not whole, or not fresh. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
}

/** A request's headers, as the platform or a framework has them. */
export type WebhookHeaders = Headers | Record<string, string | readonly string[] | undefined>;

export interface WebhookOptions {
  /** How many seconds its time may differ from `now`, 300 unless told. */
  toleranceSeconds?: number | undefined;
  /** The time to compare with, that of the clock unless told. */
  now?: Date | undefined;
}

/**
 * The event of a webhook, once it is known that the service sent it (Standard Webhooks, version 1). `body`:
 * as it arrived, not parsed. `secrets`: `whsec_...`, or all that may have signed it while a new one comes
 * into use. Rejects with a WebhookVerificationError.
 */
export async function verifyWebhook(
  body: string,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = new Date() }: WebhookOptions = {},
): Promise<WalletEvent> {
  const id = header(headers, 'webhook-id');
  const timestamp = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature').split(' ');
  const age = Math.abs(now.getTime() / 1_000 - (/^\d+$/.test(timestamp) ? Number(timestamp) : Number.NaN));
  if (!(age <= toleranceSeconds)) {
    throw new WebhookVerificationError(`webhook-timestamp ${timestamp} is not of now`);
  }
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const secret of [secrets].flat()) {
    for (const signature of signatures) {
      if (await isSigned(secret, signature, content)) {
        return JSON.parse(body) as WalletEvent;
      }
    }
  }
  throw new WebhookVerificationError('no signature is of this secret');
}

function header(headers: WebhookHeaders, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  if (typeof value !== 'string') {
    throw new WebhookVerificationError(`there is no header ${name}`);
  }
  return value;
}

/** In constant time. A signature is `v1,` and base64; those of other versions are left alone. */
async function isSigned(secret: string, signature: string, content: Bytes): Promise<boolean> {
  const [version, encoded = ''] = signature.split(',', 2);
  if (version !== 'v1' || !/^[A-Za-z0-9+/]{43}=$/.test(encoded)) {
    return false;
  }
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['verify']);
  return await crypto.subtle.verify('HMAC', key, fromBase64(encoded), content);
}
