import { hash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 (Certificate Transparency, section 2.1), over SHA-256. A hash is 32 bytes.
 * Leaves and nodes are hashed with different first bytes, so that none can be taken for the other.
 */
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
export const HASH_BYTES = 32;

export function leafHash(leaf: string): Buffer {
  return sha256(Buffer.concat([LEAF, Buffer.from(leaf)]));
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([NODE, left, right]));
}

export function sha256(bytes: Buffer | string): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/** The root of no leaves. */
export const EMPTY_ROOT = sha256('');

/** A subtree that is whole: 2^height leaves from `index` times that on. */
export interface Subtree {
  height: number;
  index: number;
}

/** Reads the hash of a whole subtree. */
export type ReadHash = (subtree: Subtree) => Promise<Buffer> | Buffer;

/**
 * The whole subtrees that leaves from `from` to before `to` fall into, from left to right, each as large as
 * can be.
 */
export function subtreesOf(from: number, to: number): Subtree[] {
  const subtrees: Subtree[] = [];
  for (let at = from; at < to; ) {
    let height = 0;
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= to) {
      height += 1;
    }
    subtrees.push({ height, index: at / 2 ** height });
    at += 2 ** height;
  }
  return subtrees;
}

/** The hash of the leaves from `from` to before `to`, where `from` is where a subtree of this tree begins. */
export async function hashOf(from: number, to: number, read: ReadHash): Promise<Buffer> {
  if (from === to) {
    return EMPTY_ROOT;
  }
  const hashes = await Promise.all(subtreesOf(from, to).map(read));
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest power of two below a number above one: where RFC 6962 splits a tree. */
function splitOf(size: number): number {
  return 2 ** (Math.ceil(Math.log2(size)) - 1);
}

/** The audit path of a leaf in the tree of the first `size` leaves (RFC 6962, 2.1.1): from the leaf up. */
export async function inclusionPath(index: number, size: number, read: ReadHash): Promise<Buffer[]> {
  const path: Promise<Buffer>[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      path.push(hashOf(middle, to, read));
      to = middle;
    } else {
      path.push(hashOf(from, middle, read));
      from = middle;
    }
  }
  return (await Promise.all(path)).reverse();
}

/**
 * That the tree of `size` leaves begins with the one of `first` (RFC 6962, 2.1.2). Every tree begins with the
 * one of no leaves, and with itself: nothing is needed to see that.
 */
export async function consistencyProof(first: number, size: number, read: ReadHash): Promise<Buffer[]> {
  if (first > size) {
    throw new RangeError(`a tree of ${size} leaves does not begin with one of ${first}`);
  }
  if (first === 0) {
    return [];
  }
  const proof: Promise<Buffer>[] = [];
  let [from, to] = [0, size];
  let isOld = true;
  while (first - from !== to - from) {
    const middle = from + splitOf(to - from);
    if (first <= middle) {
      proof.push(hashOf(middle, to, read));
      to = middle;
    } else {
      proof.push(hashOf(from, middle, read));
      from = middle;
      isOld = false;
    }
  }
  if (!isOld) {
    proof.push(hashOf(from, to, read));
  }
  return (await Promise.all(proof)).reverse();
}
