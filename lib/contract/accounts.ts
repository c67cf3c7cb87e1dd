import * as z from 'zod';
import {
  cursorOf,
  displayName,
  encodeCursor,
  idempotencyKey,
  integer,
  reason,
  timestamp,
  userId,
  writableUserId,
} from './common';

export const userPath = z.strictObject({ userId });
export const writableUserPath = z.strictObject({ userId: writableUserId });

export const accountRequest = z
  .strictObject({
    name: displayName
      .optional()
      .meta({ description: 'For people to read. Without it, the name stays as it is.' }),
    reason: reason.optional(),
  })
  .meta({ id: 'AccountRequest' });

const status = z.enum(['active', 'frozen', 'closed'], 'must be active, frozen or closed').meta({
  description:
    'A frozen account pays nothing and holds nothing, but takes credits. A closed one does nothing, has no balance, and can only become active.',
});

export const statusRequest = z
  .strictObject({ status, reason: reason.optional() })
  .meta({ id: 'AccountStatusRequest' });

export const accountReply = z
  .strictObject({
    userId,
    name: z.string().nullable(),
    status,
    createdAt: timestamp,
  })
  .meta({ id: 'AccountReply' });

export const eraseRequest = z
  .strictObject({
    reason: reason.meta({ description: 'Why. It is kept, so it must not name the person.' }),
    idempotencyKey,
    forfeit: z.boolean('must be true or false').default(false).meta({
      description:
        'Whether what the account still has is given up: holds are voided, balances book as EXPIRY.',
    }),
  })
  .meta({ id: 'EraseRequest' });

export const eraseReply = z.strictObject({ erasedAt: timestamp }).meta({ id: 'EraseReply' });

/** What an erasure tells of itself. */
export const erasure = z
  .strictObject({
    account: z.string().meta({
      description: "What the player's entries are of from now on.",
      example: 'erased:0003a1b2c3d4e5f6',
    }),
    erasedAt: timestamp,
    principal: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'Erasure' });

/** The cursor is the id of the last act of a page. */
export const actsQuery = z.strictObject({
  limit: integer(1, 200).default(50).meta({ description: 'Acts of a page.' }),
  cursor: cursorOf((text) => (/^[1-9][0-9]{0,17}$/.test(text) ? text : undefined))
    .optional()
    .meta({ description: 'The nextCursor of the page before.' }),
});

export const actName = z.enum(['OPENED', 'RENAMED', 'STATUS_CHANGED', 'ERASED']);

const act = z
  .strictObject({
    act: actName,
    principal: z.string().nullable().meta({ description: 'Who did it; null when callers are not checked.' }),
    reason: z.string().nullable(),
    before: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The fields that the act changed, as they were; null of something new.' }),
    after: z.record(z.string(), z.unknown()).meta({ description: 'The same fields as the act left them.' }),
    timestamp,
  })
  .meta({ id: 'Act' });

export const actsReply = z
  .strictObject({ userId, acts: z.array(act), nextCursor: z.string().nullable() })
  .meta({ id: 'ActsReply' });

const MAX_ACCOUNTS = 1_000;
const ACCOUNTS_RULE = `must be 1 to ${MAX_ACCOUNTS} accounts`;

export const openAccountsRequest = z
  .strictObject({
    accounts: z
      .array(
        z
          .strictObject({ userId: writableUserId, name: displayName.optional() })
          .meta({ id: 'OpenAccountRequest' }),
        'must be a list of accounts',
      )
      .min(1, ACCOUNTS_RULE)
      .max(MAX_ACCOUNTS, ACCOUNTS_RULE),
  })
  .meta({ id: 'OpenAccountsRequest' });

export const openAccountsReply = z
  .strictObject({
    created: z.number().meta({ description: 'How many were opened.' }),
    existed: z.number().meta({ description: 'How many there were before. They stay as they are.' }),
  })
  .meta({ id: 'OpenAccountsReply' });

/** Where a page of accounts ended. */
export function accountsCursor({ home, userId: last }: { home: number; userId: string }): string {
  return encodeCursor(`${home}.${last}`);
}

export const accountsQuery = z.strictObject({
  status: status.optional().meta({ description: 'Asks for the accounts of this status.' }),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_.:@-]{1,128}$/, 'must be 1 to 128 characters of A-Z a-z 0-9 _ . : @ -')
    .optional()
    .meta({ description: 'Asks for the accounts whose userId begins so.' }),
  limit: integer(1, 200).default(50).meta({ description: 'Accounts of a page.' }),
  cursor: cursorOf((text) => {
    const [, home = '', last] = /^([0-9]{1,5})\.(.+)$/.exec(text) ?? [];
    return last !== undefined && userId.safeParse(last).success
      ? { home: Number(home), userId: last }
      : undefined;
  })
    .optional()
    .meta({ description: 'The nextCursor of the page before.' }),
});

export const accountsReply = z
  .strictObject({ accounts: z.array(accountReply), nextCursor: z.string().nullable() })
  .meta({ id: 'AccountsReply' });
