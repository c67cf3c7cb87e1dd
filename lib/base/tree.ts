import { EMPTY_ROOT, nodeHash } from './merkle';

/** Hashes of a whole tile. */
export const TILE_HASHES = 256;

/** A tile that has become whole. */
export interface Tile {
  level: number;
  index: number;
  root: Buffer;
  /** Of the leaves; null above level 0. */
  hashes: Buffer | null;
}

/**
 * The right edge of a Merkle tree: what is needed to add leaves and to tell the root. `levels[0]` has the
 * hashes of leaves that are in no whole tile yet, each level above the roots of whole tiles of the one below
 * it.
 */
export class GrowingTree {
  constructor(
    public size = 0,
    private readonly levels: Buffer[][] = [[]],
  ) {}

  /** Adds a leaf; answers the tiles that it made whole, from the lowest level up. */
  add(leaf: Buffer): Tile[] {
    const made: Tile[] = [];
    this.size += 1;
    let hash = leaf;
    for (let level = 0; ; level++) {
      const hashes = this.levels[level] ?? [];
      this.levels[level] = hashes;
      hashes.push(hash);
      if (hashes.length < TILE_HASHES) {
        return made;
      }
      hash = rootOf(hashes);
      const index = Math.floor(this.size / TILE_HASHES ** (level + 1)) - 1;
      made.push({ level, index, root: hash, hashes: level === 0 ? Buffer.concat(hashes) : null });
      this.levels[level] = [];
    }
  }

  copy(): GrowingTree {
    return new GrowingTree(
      this.size,
      this.levels.map((hashes) => [...hashes]),
    );
  }

  /** The hashes of the leaves that are in no whole tile yet. */
  get rest(): Buffer[] {
    return this.levels[0] ?? [];
  }

  root(): Buffer {
    const whole = this.levels.toReversed().flatMap(wholeParts);
    return whole.length === 0 ? EMPTY_ROOT : whole.reduceRight((right, left) => nodeHash(left, right));
  }
}

/** The root of a power of two of hashes. */
export function rootOf(hashes: Buffer[]): Buffer {
  let row = hashes;
  while (row.length > 1) {
    row = Array.from({ length: row.length / 2 }, (_, index) =>
      nodeHash(row[2 * index] as Buffer, row[2 * index + 1] as Buffer),
    );
  }
  return row[0] as Buffer;
}

/** The roots of the largest whole subtrees of hashes, from left to right. */
function wholeParts(hashes: Buffer[]): Buffer[] {
  const roots: Buffer[] = [];
  let at = 0;
  for (let part = TILE_HASHES / 2; part >= 1; part /= 2) {
    if (hashes.length - at >= part) {
      roots.push(rootOf(hashes.slice(at, at + part)));
      at += part;
    }
  }
  return roots;
}
