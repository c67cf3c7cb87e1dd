import * as z from 'zod';
import { assetCode, instant, onlyAsset, timestamp } from './common';
import { lotOrigin } from './lots';
import { typeCode } from './transactions';

const HOUR_MILLIS = 3_600_000;

export const statementQuery = z
  .strictObject({
    from: instant.meta({ description: 'The begin of the period.', example: '2024-02-01T00:00:00Z' }),
    to: instant.meta({
      description: 'The end of the period, which is not in it any more.',
      example: '2024-03-01T00:00:00Z',
    }),
    assetCode: onlyAsset,
    groupBy: z
      .enum(['kind', 'day', 'source'], 'must be kind, day or source')
      .default('kind')
      .meta({
        description:
          'What the movements are added up by: the kind of the transactions; each 24 hours since `from`, which ' +
          'is a whole hour then; or origin and source, of assets with lots.',
      }),
  })
  .superRefine(({ from, to, groupBy }, context) => {
    if (from >= to) {
      context.addIssue({ code: 'custom', path: ['to'], message: 'must be later than from' });
    }
    if (groupBy === 'day' && from.getTime() % HOUR_MILLIS !== 0) {
      context.addIssue({ code: 'custom', path: ['from'], message: 'must be a whole hour to group by day' });
    }
  });

/** Decimal text: sums of many accounts may exceed what a double holds. */
const sum = z.string().meta({ example: '600' });

const balances = {
  opening: sum.meta({ description: 'What all users had when the period began.' }),
  closing: sum.meta({ description: 'What they had when it ended: opening and all movements.' }),
  expired: sum.meta({ description: 'What expired in the period; the movements have it too.' }),
};
const ofOrigin = z.strictObject(balances).meta({ id: 'StatementOfOrigin' });
const totals = {
  count: z.number().meta({ description: 'Transactions.' }),
  amount: sum.meta({ description: 'What they changed of all balances of users: below zero they took.' }),
};

const movement = z
  .union([
    z.strictObject({ kind: typeCode, ...totals }).meta({ id: 'MovementOfKind' }),
    z.strictObject({ day: timestamp, ...totals }).meta({ id: 'MovementOfDay' }),
    z
      .strictObject({
        origin: lotOrigin.nullable().meta({
          description: 'null: what is of no lot, such as a debt, and all of an asset without lots.',
        }),
        source: z.string().nullable(),
        ...totals,
      })
      .meta({ id: 'MovementOfSource' }),
  ])
  .meta({ id: 'Movement' });

export const assetStatement = z
  .strictObject({
    assetCode,
    ...balances,
    paid: ofOrigin.optional().meta({ description: 'Of an asset with lots: of its paid credits.' }),
    free: ofOrigin.optional().meta({ description: 'Of an asset with lots: of its free credits.' }),
    movements: z.array(movement),
  })
  .meta({ id: 'AssetStatement' });

export const statementReply = z
  .strictObject({
    from: timestamp.meta({ example: '2024-02-01T00:00:00.000Z' }),
    to: timestamp.meta({ example: '2024-03-01T00:00:00.000Z' }),
    assets: z.array(assetStatement),
  })
  .meta({ id: 'StatementReply' });

type Statement = z.output<typeof statementReply>;

/** A line of a table: what of an asset it tells in the period, and of which origin and source. */
interface Line {
  from: string;
  to: string;
  asset: string;
  item: string;
  origin: string | null;
  source: string | null;
  count: number | null;
  amount: string;
}

/** The same as a table: of each asset its balances, and what moved it. */
export function statementLines({ from, to, assets }: Statement): Line[] {
  return assets.flatMap(({ assetCode: asset, opening, closing, expired, paid, free, movements }) => {
    // In the order of the table's columns.
    const line = (item: string, amount: string, more: Partial<Line> = {}): Line => {
      const { origin = null, source = null, count = null } = more;
      return { from, to, asset, item, origin, source, count, amount };
    };
    const parts = Object.entries({ paid, free }).flatMap(([origin, part]) =>
      Object.entries(part ?? {}).map(([item, amount]) => line(item, amount, { origin })),
    );
    return [
      line('opening', opening),
      ...movements.map((moved) => line(itemOf(moved), moved.amount, moved)),
      line('closing', closing),
      line('expired', expired),
      ...parts,
    ];
  });
}

function itemOf(moved: z.output<typeof movement>): string {
  if ('kind' in moved) {
    return moved.kind;
  }
  return 'day' in moved ? moved.day : 'movement';
}
