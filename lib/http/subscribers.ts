import { randomBytes } from 'node:crypto';
import type * as z from 'zod';
import type { PutSubscriberRow } from '../../generated/functions';
import type { App } from '../app/app';
import { targetFault } from '../app/receivers';
import { WalletError } from '../base/errors';
import { type subscriberRequest, TARGETS } from '../contract/subscribers';
import type { Call } from '../db/retry';

/** Bytes of a webhook's secret; Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32;

type Given = z.output<typeof subscriberRequest> & { name: string };

/**
 * Makes or changes a subscriber. A new webhook, and one that asks for it, gets a secret, which is told once.
 */
export async function putSubscriber(
  app: App,
  { name, kind, types, enabled, rotateSecret, ...targets }: Given,
  call: Call,
): Promise<{ subscriber: PutSubscriberRow; created: boolean; secret?: string }> {
  const field = TARGETS[kind];
  const target = targets[field] ?? '';
  const message = targetFault(kind, target, app.receivers.allowPrivate);
  if (message !== undefined) {
    throw new WalletError('VALIDATION_ERROR', `${field} ${message}`, [{ path: field, message }]);
  }
  const given = { name, kind, target, types, enabled };
  const subscriber = await app.ledger.putSubscriber(given, call);
  const { created } = subscriber;
  if (kind !== 'webhook' || (subscriber.has_secret && !rotateSecret)) {
    return { subscriber, created };
  }
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const sealed = await app.receivers.seal.seal(secret, name);
  return { subscriber: await app.ledger.putSubscriber({ ...given, sealed }, call), created, secret };
}
