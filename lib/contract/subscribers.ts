import * as z from 'zod';
import { timestamp } from './common';
import { eventCursor, eventType } from './events';

const name = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be 1 to 64 characters of A-Z a-z 0-9 _ . -')
  .meta({ description: 'A subscriber, by the name that you give it.', example: 'game-backend' });

export const subscriberPath = z.strictObject({ name });

const kind = z.enum(['webhook', 'eventbridge', 'sqs'], 'must be webhook, eventbridge or sqs');
/** The field that says where a subscriber of each kind is. */
export const TARGETS = { webhook: 'url', eventbridge: 'busName', sqs: 'queueUrl' } as const;

const url = z
  .url({ protocol: /^https?$/, error: 'must be an https URL' })
  .max(2_000)
  .refine((text) => {
    const { username, password } = new URL(text);
    return username === '' && password === '';
  }, 'must hold no user or password')
  .meta({ example: 'https://game.example/wallet-events' });
const busName = z
  .string()
  .regex(/^[A-Za-z0-9_./:-]{1,256}$/, 'must be the name or ARN of an event bus')
  .meta({ example: 'wallet-prod-events' });
const queueUrl = z
  .url({ protocol: /^https?$/, error: 'must be the address of a queue' })
  .refine((text) => text.endsWith('.fifo'), 'must be the address of a FIFO queue, which ends with .fifo')
  .meta({ example: 'https://sqs.eu-central-1.amazonaws.com/123456789012/wallet-prod-events.fifo' });
const targets = { url: url.optional(), busName: busName.optional(), queueUrl: queueUrl.optional() };

export const subscriberRequest = z
  .strictObject({
    kind,
    ...targets,
    types: z
      .array(eventType)
      .min(1, 'must name a type')
      .optional()
      .meta({ description: 'The events that it wants; without it all.' }),
    enabled: z.boolean().optional().meta({
      description: 'false stops telling it, and keeps its place. Without it: as it is, and a new one is.',
    }),
    rotateSecret: z.boolean().optional().meta({
      description: 'true makes a new secret of a webhook. The old one signs for another day, beside it.',
    }),
  })
  .superRefine((given, context) => {
    for (const [ofKind, field] of Object.entries(TARGETS)) {
      const wanted = ofKind === given.kind;
      if (wanted !== (given[field] !== undefined)) {
        const message = wanted ? `must be given for the kind ${ofKind}` : `is of the kind ${ofKind} alone`;
        context.addIssue({ code: 'custom', path: [field], message });
      }
    }
    if (given.rotateSecret && given.kind !== 'webhook') {
      context.addIssue({ code: 'custom', path: ['rotateSecret'], message: 'is of the kind webhook alone' });
    }
  })
  .meta({ id: 'SubscriberRequest' });

const parkedPlayer = z
  .strictObject({
    userId: z.string().nullable().meta({ description: 'null: of events about no user.' }),
    after: eventCursor.meta({ description: 'A replay from here tells what was left out.' }),
    eventId: z.uuid().meta({ description: 'The event that was refused for a day.' }),
    parkedAt: timestamp,
  })
  .meta({ id: 'ParkedUser' });

export const subscriberReply = z
  .strictObject({
    name,
    kind,
    ...targets,
    types: z.array(z.string()).nullable().meta({ description: 'null: all.' }),
    enabled: z.boolean(),
    cursor: eventCursor.meta({ description: 'All events up to here were told.' }),
    attempts: z.number().meta({ description: 'Tries of the next event that failed.' }),
    lastError: z.string().nullable(),
    nextTryAt: timestamp.nullable(),
    createdAt: timestamp,
    parked: z.array(parkedPlayer).meta({
      description: 'Users whose events are left out, because one of them was refused for a day.',
    }),
  })
  .meta({ id: 'SubscriberReply' });

export const putSubscriberReply = subscriberReply
  .extend({
    secret: z.string().optional().meta({
      description: "A webhook's new secret (Standard Webhooks). It is told this once.",
      example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    }),
  })
  .meta({ id: 'PutSubscriberReply' });

export const subscribersReply = z
  .strictObject({
    subscribers: z.array(
      subscriberReply
        .extend({
          lagSeconds: z.number().meta({
            description: 'For how long the oldest event that it was not told has been committed.',
          }),
        })
        .meta({ id: 'Subscriber' }),
    ),
  })
  .meta({ id: 'SubscribersReply' });

export const replayRequest = z
  .strictObject({ after: eventCursor.meta({ description: 'Tells again what was committed after this.' }) })
  .meta({ id: 'ReplayRequest' });

export const deliveriesReply = z
  .strictObject({
    name,
    deliveries: z.array(
      z
        .strictObject({
          eventId: z.uuid(),
          type: eventType,
          status: z.number().nullable().meta({ description: 'Of a webhook: the status of its answer.' }),
          error: z.string().nullable().meta({ description: 'Why it was not taken; null when it was.' }),
          timestamp,
        })
        .meta({ id: 'Delivery' }),
    ),
  })
  .meta({ id: 'DeliveriesReply' });
