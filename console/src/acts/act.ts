import type { LotPiece, WalletClient } from '@game-wallet/client';
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
  choices?: { value: string; label: string }[];
  isOptional?: boolean;
  initial?: string;
}

export interface ActCall {
  wallet: WalletClient;
  values: Values;
  /** One for the dry run and the act: whoever presses twice does it once. */
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
  about: string;
  /** It takes something from the player. */
  isGrave?: boolean;
  fields: Field[];
  /** What would happen: by a dry run, where the API has one. */
  preview(call: ActCall): Promise<Outcome>;
  perform(call: ActCall): Promise<Outcome>;
}

/** Kept where the API keeps it, and shown in the history. */
export const REASON: Field = { name: 'reason', label: 'Reason', kind: 'text' };

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
export function posting(moves: string, send: Send): Pick<Act, 'preview' | 'perform'> {
  return {
    preview: async (call) => {
      const reply = await send(call, { dryRun: true });
      const { balances } = await call.wallet.balance(reply.userId, { assetCode: reply.assetCode });
      const now = balances.map(({ balance }) => amountText(balance)).join();
      return { facts: [...movedFacts(moves, reply), ['Balance now', now], ...leftFacts(reply)] };
    },
    perform: async (call) => {
      const reply = await send(call, {});
      return {
        facts: [...movedFacts(moves, reply), ...leftFacts(reply)],
        transactionId: reply.transactionId,
      };
    },
  };
}

function movedFacts(moves: string, { userId, amount, assetCode, lots = [] }: PostingReply): Fact[] {
  return [
    ['Player', userId],
    [moves, moneyText(amount, assetCode)],
    ['Lots', lots.map(lotText).join('; ')],
  ];
}

function leftFacts({ newBalance, refundableAmount, taken, shortfall }: PostingReply): Fact[] {
  return [
    ['Balance afterwards', amountText(newBalance)],
    ['Refundable afterwards', refundableAmount === undefined ? '' : amountText(refundableAmount)],
    ['Taken', taken === undefined ? '' : amountText(taken)],
    ['Missing', shortfall === undefined ? '' : amountText(shortfall)],
  ];
}

export function lotText({ amount, origin, source, expiresAt }: LotPiece): string {
  const until = expiresAt === null ? 'never expires' : `expires ${timeText(expiresAt)}`;
  return [`${amountText(amount)} ${origin}`, source, until].filter((part) => part !== null).join(', ');
}
