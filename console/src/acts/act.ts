import type { LotPiece, WalletClient } from '@game-wallet/client';
import type { Need } from '../session/token';
import { amountText, moneyText } from '../ui/amount';
import type { Fact } from '../ui/facts';
import { timeText } from '../ui/time';

/** What the person has filled in, by the names of the fields. */
export type Values = Record<string, string>;

export interface Field {
  name: string;
  label: string;
  /** `asset`: one of all assets. `check`: "true" or "". `time`: local time. */
  kind: 'text' | 'amount' | 'asset' | 'choice' | 'check' | 'time';
  description?: string;
  /** The first one is chosen at first. */
  choices?: { value: string; label: string }[];
  isOptional?: boolean;
  /** Whether it is asked for at all, by what the others say. */
  isFor?: (values: Values) => boolean;
  /** What is wrong with what was filled in. */
  fault?: (value: string) => string | undefined;
}

export interface ActCall {
  wallet: WalletClient;
  values: Values;
  idempotencyKey: string;
}

export interface Outcome {
  facts: Fact[];
  /** Of a transaction that was posted. */
  transactionId?: string;
}

/** Something that a person may do, with the effect shown before it can be done. */
export interface Act {
  title: string;
  /** The id of what it is done to. */
  on: string;
  about: string;
  /** What the token must allow. */
  need: Need;
  /** It takes something from the player. */
  isGrave?: boolean;
  /** Nobody can undo it. */
  isFinal?: boolean;
  fields: Field[];
  /** What would happen: by a dry run, where the API has one. */
  preview(call: ActCall): Promise<Outcome>;
  perform(call: ActCall): Promise<Outcome>;
}

/** Kept where the API keeps it, and shown in the history. */
export const REASON: Field = { name: 'reason', label: 'Reason', kind: 'text' };

export const fieldsOf = ({ fields }: Act, values: Values): Field[] =>
  fields.filter(({ isFor }) => isFor?.(values) ?? true);

/** What the act is done with: of the fields that are asked for, without blanks around it. */
export const sentOf = (act: Act, values: Values): Values =>
  Object.fromEntries(fieldsOf(act, values).map(({ name }) => [name, (values[name] ?? '').trim()]));

export const isFilled = (act: Act, values: Values): boolean =>
  fieldsOf(act, values).every(
    ({ name, kind, isOptional }) => isOptional || kind === 'check' || values[name] !== '',
  );

const DIGITS = /^\d+(\.\d+)?$/;

/** What is wrong with which field. */
export function faultsOf(act: Act, values: Values): Values {
  const faults = fieldsOf(act, values).map(({ name, kind, fault }) => {
    const value = values[name] ?? '';
    const isBadAmount = kind === 'amount' && value !== '' && !DIGITS.test(value);
    return [name, isBadAmount ? 'Digits, with a point before the decimals.' : fault?.(value)] as const;
  });
  return Object.fromEntries(faults.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

interface PostingReply {
  transactionId: string;
  userId: string;
  assetCode: string;
  amount: number;
  newBalance: number;
  lots?: LotPiece[];
  refundableAmount?: number;
  taken?: number;
  shortfall?: number;
}

type Send = (call: ActCall, dryRun: { dryRun?: true }) => PromiseLike<PostingReply>;

/** An act that posts a transaction: the dry run is its preview. `moves`: such as "Gives back". */
export function posting(moves: (values: Values) => string, send: Send): Pick<Act, 'preview' | 'perform'> {
  return {
    preview: async (call) => {
      const reply = await send(call, { dryRun: true });
      const { balances } = await call.wallet.balance(reply.userId, { assetCode: reply.assetCode });
      const now = balances.map(({ balance, assetCode }) => amountText(balance, assetCode)).join();
      return { facts: [...movedFacts(moves(call.values), reply), ['Balance now', now], ...leftFacts(reply)] };
    },
    perform: async (call) => {
      const reply = await send(call, {});
      return {
        facts: [...movedFacts(moves(call.values), reply), ...leftFacts(reply)],
        transactionId: reply.transactionId,
      };
    },
  };
}

function movedFacts(moves: string, { userId, amount, assetCode, lots = [] }: PostingReply): Fact[] {
  return [
    ['Player', userId],
    [moves, moneyText(amount, assetCode)],
    ['Lots', lots.map((lot) => lotText(lot, assetCode)).join('; ')],
  ];
}

function leftFacts({ assetCode, newBalance, refundableAmount, taken, shortfall }: PostingReply): Fact[] {
  return [
    ['Balance afterwards', amountText(newBalance, assetCode)],
    ['Refundable afterwards', amountText(refundableAmount, assetCode)],
    ['Taken', amountText(taken, assetCode)],
    ['Missing', amountText(shortfall, assetCode)],
  ];
}

export function lotText({ amount, origin, source, expiresAt, cost }: LotPiece, assetCode: string): string {
  const price = cost && `for ${moneyText(cost.amount, cost.currency)}`;
  const verb = expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'expires';
  const until = expiresAt === null ? 'never expires' : `${verb} ${timeText(expiresAt)}`;
  return [`${amountText(amount, assetCode)} ${origin}`, source, price, until].filter(Boolean).join(', ');
}
