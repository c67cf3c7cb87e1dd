import { type SignedCheckpoint, xactOf } from '../base/checkpoint';
import { HASH_BYTES, leafHash } from '../base/merkle';
import { GrowingTree, TILE_HASHES } from '../base/tree';
import type { Audit } from '../db/audit';
import { BEFORE_ALL, type Leaf } from '../db/leaves';
import type { Call } from '../db/retry';
import type { Anchors } from './anchored';
import { followAnchors } from './chain';
import { Erasures } from './erasures';
import type { Misfit } from './misfits';

export interface Verification {
  misfits: Misfit[];
  /** A sentence for each time when an older database took the ledger's place. */
  restores: string[];
  checkpoints: number;
  transactions: number;
}

export interface Verifying {
  audit: Audit;
  anchors: Anchors;
  /** The public keys of which one must have signed, in PEM; without any, those that lie with the anchors. */
  publicKeys?: string[];
  /** Milliseconds since 1970. */
  now: number;
  /** Told now and then how many leaves of how many were looked at. */
  progress?: (done: number, all: number) => void;
}

/** Milliseconds between two checkpoints. */
const INTERVAL_MILLIS = 60_000;
const PAGE_CHECKPOINTS = 1_000;
const PAGE_LEAVES = 10_000;

/**
 * Holds the whole ledger against what was signed and kept outside of the database: each checkpoint against
 * its signature and the one before it, those of the database against the anchors, and each transaction, as it
 * stands in the journal, against the root of its checkpoint. No hash that lies in the database counts.
 */
export async function verifyLedger(verifying: Verifying, call: Call): Promise<Verification> {
  const { anchors, publicKeys = [], audit, now } = verifying;
  const { checkpoints, restores, misfits } = await followAnchors(anchors, publicKeys);
  misfits.push(...ageMisfits(checkpoints.at(-1), now));
  misfits.push(...(await checkpointMisfits(checkpoints, audit, call)));
  const { transactions, misfit } = await leafMisfit(checkpoints, verifying, call);
  return {
    misfits: misfit === undefined ? misfits : [...misfits, misfit],
    restores,
    checkpoints: checkpoints.length,
    transactions,
  };
}

function ageMisfits(last: SignedCheckpoint | undefined, now: number): Misfit[] {
  if (last === undefined) {
    return [{ fault: 'no-anchors', message: 'there are no checkpoints outside of the database' }];
  }
  const message = `the last checkpoint is of ${last.signedAt}: no later one was kept`;
  return now - Date.parse(last.signedAt) > 2 * INTERVAL_MILLIS
    ? [{ fault: 'anchor-stale', checkpoint: last.number, message }]
    : [];
}

/** The first checkpoint of the database that is not the one that is anchored. */
async function checkpointMisfits(anchored: SignedCheckpoint[], audit: Audit, call: Call): Promise<Misfit[]> {
  for (let at = 0; at < anchored.length; at += PAGE_CHECKPOINTS) {
    const rows = await audit.readCheckpoints(String(at), PAGE_CHECKPOINTS, call);
    for (const [index, anchor] of anchored.slice(at, at + PAGE_CHECKPOINTS).entries()) {
      const row = rows[index];
      const { number } = anchor;
      if (row?.number !== number) {
        const message = `checkpoint ${number} is anchored and not in the database: its tail was cut, or an old backup restored`;
        return [{ fault: 'checkpoint-missing', checkpoint: number, message }];
      }
      if (JSON.stringify(row) !== JSON.stringify(anchor)) {
        const message = `checkpoint ${number} in the database is not the one that is anchored`;
        return [{ fault: 'checkpoint-changed', checkpoint: number, message }];
      }
    }
  }
  return [];
}

/** A leaf as the journal has it now. */
interface Found {
  id: string;
  at: string;
  hash: Buffer;
}

/** Recomputes the tree, checkpoint by checkpoint, up to the first that does not fit. */
async function leafMisfit(
  anchored: SignedCheckpoint[],
  { audit, progress }: Verifying,
  call: Call,
): Promise<{ transactions: number; misfit?: Misfit }> {
  const tree = new GrowingTree();
  const erasures = new Erasures();
  const horizon = await audit.readHorizon(call);
  const all = Number(anchored.at(-1)?.size ?? 0);
  const leaves = new LeafReader(audit, horizon, call);
  let before: SignedCheckpoint | undefined;
  for (const checkpoint of anchored) {
    const found: Found[] = [];
    for await (const one of leaves.below(xactOf(checkpoint))) {
      const { id, at, leaf } = one;
      const hash = leafHash(leaf);
      tree.add(hash);
      erasures.take(one);
      found.push({ id, at, hash });
    }
    progress?.(tree.size, all);
    if (String(tree.size) !== checkpoint.size || tree.root().toString('hex') !== checkpoint.root) {
      const misfit = await explain(audit, before, checkpoint, found, call);
      return { transactions: tree.size, misfit };
    }
    before = checkpoint;
  }
  // An erasure takes effect at once, and is in a checkpoint a minute later.
  for await (const one of leaves.below(BigInt(horizon))) {
    erasures.take(one);
  }
  const unsaid = erasures.unsaid(await audit.readErasures(call), horizon);
  const misfit = unsaid && { fault: 'transaction-erased' as const, ...unsaid };
  return { transactions: tree.size, ...(misfit && { misfit }) };
}

/** Reads leaves in commit order, page by page, and hands out those below one number after the other. */
class LeafReader {
  private page: Leaf[] = [];
  private at = 0;
  private isLast = false;
  private next: Promise<Leaf[]> | undefined;

  constructor(
    private readonly audit: Audit,
    private readonly horizon: string,
    private readonly call: Call,
  ) {}

  async *below(xact: bigint): AsyncGenerator<Leaf> {
    for (;;) {
      for (; this.at < this.page.length; this.at++) {
        const leaf = this.page[this.at] as Leaf;
        if (BigInt(leaf.xact) >= xact) {
          return;
        }
        yield leaf;
      }
      if (this.isLast) {
        return;
      }
      this.page = await (this.next ?? this.read(BEFORE_ALL));
      this.at = 0;
      this.isLast = this.page.length < PAGE_LEAVES;
      // The database reads the next page while this one is hashed.
      this.next = this.isLast ? undefined : this.read(this.page.at(-1) as Leaf);
    }
  }

  private read(after: typeof BEFORE_ALL): Promise<Leaf[]> {
    return this.audit.readLeaves(after, this.horizon, PAGE_LEAVES, this.call);
  }
}

/**
 * Which transaction does not fit, by the hashes of the leaves that the database keeps, if these are whole.
 */
async function explain(
  audit: Audit,
  before: SignedCheckpoint | undefined,
  checkpoint: SignedCheckpoint,
  found: Found[],
  call: Call,
): Promise<Misfit> {
  const from = Number(before?.size ?? 0);
  const to = Number(checkpoint.size);
  const signed = await signedHashes(audit, from, to, call);
  const { number } = checkpoint;
  const told = (fault: Misfit['fault'], what: string, one?: Found): Misfit => ({
    fault,
    checkpoint: number,
    message: what,
    ...(one && { transactionId: one.id }),
  });
  const first = found.findIndex(({ hash }, index) => signed[index] !== hash.toString('hex'));
  const place = first === -1 ? Math.min(found.length, signed.length) : first;
  const one = found[place];
  const after = found[place - 1];
  const near = after === undefined ? `at the begin of checkpoint ${number}` : `after transaction ${after.id}`;
  if (one === undefined) {
    return told('transaction-missing', `all transactions are missing ${near}`);
  }
  if (signed.length !== to - from) {
    return told(
      'tree-changed',
      `checkpoint ${number} does not fit, and the kept hashes are not whole: look ${near}`,
    );
  }
  const hashes = found.map(({ hash }) => hash.toString('hex'));
  if (same(hashes.slice(place), signed.slice(place + 1))) {
    return told('transaction-missing', `a transaction is missing ${near}`);
  }
  if (same(hashes.slice(place + 1), signed.slice(place))) {
    return told('transaction-inserted', `transaction ${one.id} was inserted ${near}`, one);
  }
  if (same([...hashes].sort(), [...signed].sort())) {
    return told('transaction-moved', `transaction ${one.id} is not in the place where it was committed`, one);
  }
  return told('transaction-changed', `transaction ${one.id} of ${one.at} was changed`, one);
}

function same(some: string[], others: string[]): boolean {
  return some.length === others.length && some.every((hash, index) => hash === others[index]);
}

/** Of the leaves from one place to before another, as the database keeps them. */
async function signedHashes(audit: Audit, from: number, to: number, call: Call): Promise<string[]> {
  const first = Math.floor(from / TILE_HASHES);
  const bytes = await audit.readHashes(first, Math.ceil(to / TILE_HASHES), call);
  const hashes: string[] = [];
  for (let at = (from - first * TILE_HASHES) * HASH_BYTES; at < bytes.length; at += HASH_BYTES) {
    hashes.push(bytes.subarray(at, at + HASH_BYTES).toString('hex'));
  }
  return hashes.slice(0, to - from);
}
