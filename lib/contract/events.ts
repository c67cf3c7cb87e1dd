import * as z from 'zod';
import { accountReply, erasure } from './accounts';
import { assetReply } from './assets';
import { integer, timestamp, userId } from './common';
import { holdReply } from './holds';
import { transactionReply } from './reports';

/** As `cursor_of` of SQL writes one. */
const CURSOR = /^[0-9a-f]{80}$/;
/** Before the first event. */
export const FIRST_CURSOR = '0'.repeat(80);

/** A place in commit order. */
export const eventCursor = z
  .string()
  .regex(CURSOR, 'must be the sequence of an event, or a nextCursor')
  .meta({ description: 'A place in commit order. Cursors sort as texts.', example: FIRST_CURSOR });

/** An event of these types; its data are as the endpoint that reads them answers them. */
const event = <Type extends string, Data extends z.ZodType>(types: readonly [Type, ...Type[]], data: Data) =>
  z.strictObject({
    specversion: z.literal('1.0'),
    id: z.uuid().meta({ description: 'Stable for ever: deduplicate by it.' }),
    source: z.string().meta({ description: 'Which ledger tells it.', example: 'urn:wallet:wallet' }),
    type: z.enum(types),
    time: timestamp,
    subject: userId
      .optional()
      .meta({ description: 'Whom it is about: of a transfer the payer; none of an asset or an erasure.' }),
    sequence: eventCursor.meta({ description: 'Its place in commit order: a cursor.' }),
    datacontenttype: z.literal('application/json'),
    data,
  });

const HOLD_TYPES = [
  'wallet.hold.placed',
  'wallet.hold.captured',
  'wallet.hold.voided',
  'wallet.hold.expired',
] as const;

const events = [
  event(['wallet.transaction.posted'], transactionReply).meta({ id: 'TransactionEvent' }),
  event(HOLD_TYPES, holdReply).meta({ id: 'HoldEvent' }),
  event(['wallet.account.opened', 'wallet.account.changed'], accountReply).meta({ id: 'AccountEvent' }),
  event(['wallet.account.erased'], erasure).meta({ id: 'ErasureEvent' }),
  event(['wallet.asset.changed'], assetReply).meta({ id: 'AssetEvent' }),
] as const;

export const walletEvent = z.discriminatedUnion('type', events).meta({
  id: 'WalletEvent',
  description: 'What was committed, as a CloudEvent 1.0.',
});
export type WalletEvent = z.output<typeof walletEvent>;
export type EventType = WalletEvent['type'];

export const EVENT_TYPES: EventType[] = events.flatMap(({ shape }): EventType[] => shape.type.options);

export const eventType = z
  .enum(EVENT_TYPES, `must be one of ${EVENT_TYPES.join(', ')}`)
  .meta({ example: 'wallet.transaction.posted' });

export const eventsQuery = z.strictObject({
  after: eventCursor.optional().meta({
    description: 'Asks for the events after this place; without it from the beginning.',
    example: undefined,
  }),
  limit: integer(1, 1000).default(100).meta({ description: 'Events of a page at most.' }),
  type: eventType.optional().meta({ description: 'Asks for this type alone.', example: undefined }),
  waitSeconds: integer(0, 20)
    .default(0)
    .meta({ description: 'How long to wait for the first event when there is none yet.' }),
});

export const eventsReply = z
  .strictObject({
    events: z.array(walletEvent),
    nextCursor: eventCursor.meta({ description: 'Where to go on: the next `after`, also of an empty page.' }),
  })
  .meta({ id: 'EventsReply' });
