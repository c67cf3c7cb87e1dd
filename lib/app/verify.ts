import { type SignedCheckpoint, xactOf } from '../base/checkpoint';
import { leafHash } from '../base/merkle';
import { GrowingTree } from '../base/tree';
import type { Audit } from '../db/audit';
import { BEFORE_ALL, type Leaf } from '../db/leaves';
import type { Call } from '../db/retry';
import type { Anchors } from './anchored';
import { followAnchors } from './chain';
import { Erasures } from './erasures';
import { explain, type Found } from './explain';
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
 * stands in the journal, against the root of its checkpoint. No hash of the database counts by itself.
 */
export async function verifyLedger(verifying: Verifying, call: Call): Promise<Verification> {
  const { anchors, publicKeys = [], audit, now } = verifying;
  const { checkpoints, restores, misfits } = await followAnchors(anchors, publicKeys);
  misfits.push(...ageMisfits(checkpoints.at(-1), now));
  misfits.push(...(await checkpointMisfits(checkpoints, audit, call)));
  const leaves = await leafMisfits(checkpoints, verifying, call);
  return {
    misfits: [...misfits, ...leaves.misfits],
    restores,
    checkpoints: checkpoints.length,
    transactions: leaves.transactions,
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

/** Recomputes the tree, checkpoint by checkpoint, up to the first that does not fit. */
async function leafMisfits(
  anchored: SignedCheckpoint[],
  { audit, progress }: Verifying,
  call: Call,
): Promise<Pick<Verification, 'transactions' | 'misfits'>> {
  const tree = new GrowingTree();
  const erasures = new Erasures();
  const horizon = await audit.readHorizon(call);
  const all = Number(anchored.at(-1)?.size ?? 0);
  const leaves = new LeafReader(audit, horizon, call);
  for (const checkpoint of anchored) {
    const before = tree.copy();
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
      const misfits = await explain({ before, checkpoint, found }, audit, call);
      return { transactions: tree.size, misfits };
    }
  }
  // An erasure takes effect at once, and is in a checkpoint a minute later.
  for await (const one of leaves.below(BigInt(horizon))) {
    erasures.take(one);
  }
  const unsaid = erasures.unsaid(await audit.readErasures(call), horizon);
  const misfits = unsaid === undefined ? [] : [{ fault: 'transaction-erased' as const, ...unsaid }];
  return { transactions: tree.size, misfits };
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
