import type { SignedCheckpoint } from '../base/checkpoint';
import { HASH_BYTES } from '../base/merkle';
import { type GrowingTree, TILE_HASHES } from '../base/tree';
import type { Audit } from '../db/audit';
import type { Call } from '../db/retry';
import { type Difference, differences } from './differences';
import type { Misfit } from './misfits';

/** A leaf as the journal has it now. */
export interface Found {
  id: string;
  at: string;
  hash: Buffer;
}

/** A checkpoint whose leaves do not make its root. `before`: the tree as the checkpoint before it left it. */
export interface Failed {
  before: GrowingTree;
  checkpoint: SignedCheckpoint;
  found: Found[];
}

/**
 * What was done to the leaves of a checkpoint, by the hashes that the database keeps of them. They count only
 * if they make the root that was signed; otherwise nobody can tell which leaf it was.
 */
export async function explain(failed: Failed, audit: Audit, call: Call): Promise<Misfit[]> {
  const { before, checkpoint, found } = failed;
  const { number, size, root } = checkpoint;
  const count = Number(size) - before.size;
  if (found.length === 0) {
    return [told({ what: 'missing', place: 0, count }, failed)];
  }
  const kept = await readKept(audit, before.size, Number(size), call);
  const tree = before.copy();
  for (const hash of kept) {
    tree.add(hash);
  }
  if (String(tree.size) !== size || tree.root().toString('hex') !== root) {
    const message = `the transactions of checkpoint ${number} are not those that were signed, and the hashes that the database keeps of them do not make its root either: look from transaction ${found[0]?.id} to ${found.at(-1)?.id}`;
    return [{ fault: 'tree-changed', checkpoint: number, message }];
  }
  const hex = (hash: Buffer) => hash.toString('hex');
  return differences(
    kept.map(hex),
    found.map(({ hash }) => hex(hash)),
  ).map((difference) => told(difference, failed));
}

function told(difference: Difference, { checkpoint: { number }, found }: Failed): Misfit {
  const { what, place } = difference;
  const fault = `transaction-${what}` as const;
  if (what === 'missing') {
    const { count } = difference;
    const subject = count === 1 ? 'a transaction is' : `${count} transactions are`;
    const last = found[place - 1];
    const after =
      last === undefined ? `at the beginning of checkpoint ${number}` : `after transaction ${last.id}`;
    return { fault, checkpoint: number, message: `${subject} missing ${after}` };
  }
  const { id = '', at } = found[place] ?? {};
  const message = {
    changed: `transaction ${id} of ${at} was changed`,
    inserted: `transaction ${id} of ${at} was inserted`,
    moved: `transaction ${id} is not in the place where it was committed`,
  }[what];
  return { fault, checkpoint: number, transactionId: id, message };
}

/** The hashes of the leaves from one place to before another, as the database keeps them. */
async function readKept(audit: Audit, from: number, to: number, call: Call): Promise<Buffer[]> {
  const first = Math.floor(from / TILE_HASHES);
  const bytes = await audit.readHashes(first, Math.ceil(to / TILE_HASHES), call);
  const start = from - first * TILE_HASHES;
  const hashes = Array.from({ length: Math.floor(bytes.length / HASH_BYTES) }, (_, index) =>
    bytes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES),
  );
  return hashes.slice(start, start + to - from);
}
