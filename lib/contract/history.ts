import * as z from 'zod';
import { isUuid } from '../base/ids';
import {
  assetCode,
  cursorOf,
  encodeCursor,
  instant,
  integer,
  jsonObject,
  onlyAsset,
  timestamp,
  userId,
} from './common';
import { lots } from './lots';
import { typeCode } from './transactions';

/** Where a page of history ended. */
export interface HistoryPosition {
  micros: string;
  transactionId: string;
}

/** Microseconds since the epoch and the transaction id of a page's last row. */
export function historyCursor({ micros, transactionId }: HistoryPosition): string {
  return encodeCursor(`${micros}.${transactionId}`);
}

const cursor = cursorOf((text): HistoryPosition | undefined => {
  const [micros = '', transactionId = '', ...rest] = text.split('.');
  // 15 or 16 digits of microseconds: the years 2001 to 2286.
  const isKnown = /^[0-9]{15,16}$/.test(micros) && isUuid(transactionId) && rest.length === 0;
  return isKnown ? { micros, transactionId } : undefined;
});

export const historyQuery = z.strictObject({
  limit: integer(1, 200).default(50).meta({ description: 'How many rows a page has at most.' }),
  offset: integer(0, 10_000)
    .default(0)
    .meta({
      description:
        'How many rows to leave out first. Others may post in between: `cursor` neither repeats nor skips ' +
        'a row.',
    }),
  cursor: cursor.optional().meta({ description: 'The `nextCursor` of a page: asks for the page after it.' }),
  assetCode: onlyAsset,
  type: typeCode.optional().meta({ description: 'Asks for the transactions of this type alone.' }),
  from: instant.optional().meta({
    description: 'Asks for transactions of this time and later, to the millisecond that callers see.',
  }),
  to: instant.optional().meta({
    description: 'Asks for transactions of this time and earlier, to the millisecond that callers see.',
  }),
});

const historyRow = z
  .strictObject({
    id: z.uuid(),
    type: z.string().meta({ description: 'The name of the type, for people to read.' }),
    typeCode,
    asset: z.string().meta({ description: 'The name of the asset, for people to read.' }),
    assetCode,
    amount: z.number(),
    entryType: z
      .enum(['debit', 'credit'])
      .meta({ description: 'A debit lowers the balance of the user, a credit raises it.' }),
    runningBalance: z.number().meta({ description: 'The balance of the user after this transaction.' }),
    description: z.string().meta({
      description:
        'What happened, for people to read. It holds the `itemName` of the metadata of a purchase, the `reason` of ' +
        'that of a bonus, and the reason of a reversal or an adjustment.',
    }),
    metadata: jsonObject.meta({ description: 'As the caller gave it.' }),
    status: z.literal('completed'),
    timestamp,
    lots,
  })
  .meta({ id: 'HistoryRow' });

export const historyReply = z
  .strictObject({
    userId,
    transactions: z.array(historyRow),
    limit: z.number(),
    offset: z.number(),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'The `cursor` of the next page; null when this is the last.' }),
  })
  .meta({ id: 'HistoryReply' });
