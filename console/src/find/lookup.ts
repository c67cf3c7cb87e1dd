import {
  type ClaimReply,
  type HoldReply,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  type TransactionReply,
  type WalletClient,
} from '@game-wallet/client';
import { moneyText } from '../ui/amount';
import { kindName } from '../ui/kind';
import { groupPath, holdPath, playerPath, transactionPath } from '../ui/links';

/** Something that a text names, and the page that shows it. */
export interface Hit {
  what: 'Player' | 'Transaction' | 'Hold' | 'Group';
  id: string;
  path: string;
  about: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const USER_ID = /^[A-Za-z0-9_.:@-]{1,128}$/;
/** Players that one search lists. */
export const MOST = 20;

export interface Found {
  hits: Hit[];
  /** Whether the token lets the service list players. */
  mayList: boolean;
}

type Ask = (wallet: WalletClient, text: string) => Promise<Hit[]>;

/** What a text may name, by its shape, and which endpoint knows. */
const ASKS: { shape: RegExp; ask: Ask }[] = [
  {
    shape: UUID,
    ask: async (wallet, text) => [ofTransaction(await wallet.ledger.getTransaction(text.toLowerCase()))],
  },
  { shape: UUID, ask: async (wallet, text) => [ofHold(await wallet.holds.get(text.toLowerCase()))] },
  {
    shape: UUID,
    ask: async (wallet, text) => {
      const { groupId, transactions } = await wallet.groups.get(text.toLowerCase());
      const about = `${transactions.length} transactions that posted together`;
      return [{ what: 'Group', id: groupId, path: groupPath(groupId), about }];
    },
  },
  { shape: USER_ID, ask: async (wallet, text) => [ofPlayer(await wallet.accounts.get(text))] },
  {
    // Keys are printable ASCII.
    shape: /^[\x20-\x7e]{1,255}$/,
    ask: async (wallet, text) => [ofClaim(await wallet.ledger.findClaim({ idempotencyKey: text }))],
  },
];

/** Everything that the text names, or that begins with it. */
export async function lookUp(wallet: WalletClient, text: string): Promise<Found> {
  const asked = ASKS.filter(({ shape }) => shape.test(text)).map(({ ask }) =>
    ask(wallet, text).catch(noneOf),
  );
  const [begun, ...named] = await Promise.all([listPlayers(wallet, text), ...asked]);
  const hits = [...named, begun ?? []].flat();
  return {
    hits: [...new Map(hits.map((hit) => [`${hit.what} ${hit.id}`, hit])).values()],
    mayList: begun !== undefined,
  };
}

/** Those whose userId begins so; undefined when the token may not list players. */
async function listPlayers(wallet: WalletClient, text: string): Promise<Hit[] | undefined> {
  if (!USER_ID.test(text)) {
    return [];
  }
  try {
    return (await wallet.accounts.list({ prefix: text, limit: MOST })).accounts.map(ofPlayer);
  } catch (error) {
    return error instanceof PermissionError ? undefined : noneOf(error);
  }
}

/** What is not there is no hit. */
function noneOf(error: unknown): Hit[] {
  if (error instanceof NotFoundError || error instanceof InvalidRequestError) {
    return [];
  }
  throw error;
}

function ofPlayer({ userId, name, status }: { userId: string; name: string | null; status: string }): Hit {
  const about = [name, status].filter((part) => part !== null).join(', ');
  return { what: 'Player', id: userId, path: playerPath(userId), about };
}

function ofTransaction({ id, typeCode, amount, assetCode, entries }: TransactionReply): Hit {
  const user = entries.find(({ accountType }) => accountType === 'user')?.account ?? '';
  const about = `${kindName(typeCode)} of ${moneyText(amount, assetCode)}, ${user}`;
  return { what: 'Transaction', id, path: transactionPath(id), about };
}

function ofHold({ holdId, userId, amount, assetCode, status }: HoldReply): Hit {
  const about = `${moneyText(amount, assetCode)}, ${status}, of ${userId}`;
  return { what: 'Hold', id: holdId, path: holdPath(userId, holdId), about };
}

const ofClaim = (claim: ClaimReply): Hit => ('holdId' in claim ? ofHold(claim) : ofTransaction(claim));
