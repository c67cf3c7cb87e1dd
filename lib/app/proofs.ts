import type { SignedCheckpoint } from '../base/checkpoint';
import { invalid } from '../base/errors';
import { consistencyProof, HASH_BYTES, inclusionPath, leafHash, type ReadHash } from '../base/merkle';
import { rootOf, TILE_HASHES } from '../base/tree';
import { BEFORE_ALL, type Place } from '../db/leaves';
import type { Ledger } from '../db/ledger';
import type { Call } from '../db/retry';
import { checkpointOf } from './checkpoints';

export interface Proof {
  leaf: string;
  /** Of the leaf, from 0. */
  index: number;
  path: string[];
  checkpoint: SignedCheckpoint;
}

/**
 * That a transaction is in a checkpoint; undefined before its checkpoint, and 'unknown' of no transaction.
 */
export async function prove(ledger: Ledger, id: string, call: Call): Promise<Proof | 'unknown' | undefined> {
  const leaf = await ledger.readLeaf(id, call);
  if (leaf === undefined) {
    return 'unknown';
  }
  const row = await ledger.findCheckpoint(leaf.xact, call);
  if (row === undefined) {
    return undefined;
  }
  const size = Number(row.size);
  const read = await hashReader(ledger, size, row.upto, call);
  const index = await indexOf(ledger, leaf, leafHash(leaf.leaf), read, size, call);
  const path = await inclusionPath(index, size, read);
  return { leaf: leaf.leaf, index, path: path.map(hex), checkpoint: checkpointOf(row) };
}

export interface Consistency {
  first: SignedCheckpoint;
  second: SignedCheckpoint;
  proof: string[];
}

/**
 * That a checkpoint has all that an earlier one had, unchanged; undefined before both are there. Throws
 * VALIDATION_ERROR when `since` is the later one.
 */
export async function proveConsistency(
  ledger: Ledger,
  since: string,
  number: string,
  call: Call,
): Promise<Consistency | undefined> {
  if (Number(since) > Number(number)) {
    throw invalid('since', `must not be later than checkpoint ${number}`);
  }
  const read = async (wanted: string) =>
    (await ledger.readCheckpoints(1, String(Number(wanted) - 1), call)).find((row) => row.number === wanted);
  const [first, second] = [await read(since), await read(number)];
  if (first === undefined || second === undefined) {
    return undefined;
  }
  const hashes = await hashReader(ledger, Number(second.size), second.upto, call);
  const proof = await consistencyProof(Number(first.size), Number(second.size), hashes);
  return { first: checkpointOf(first), second: checkpointOf(second), proof: proof.map(hex) };
}

const hex = (hash: Buffer): string => hash.toString('hex');

/**
 * Where a leaf lies: in the first tile that ends at its place or later, or in what is in no whole tile yet.
 */
async function indexOf(
  ledger: Ledger,
  place: Place,
  hash: Buffer,
  read: ReadHash,
  size: number,
  call: Call,
): Promise<number> {
  const tile = await ledger.findTile(place, call);
  const whole = Math.floor(size / TILE_HASHES);
  const from = TILE_HASHES * Math.min(whole, Number(tile?.index ?? whole));
  for (let index = from; index < Math.min(size, from + TILE_HASHES); index++) {
    if ((await read({ height: 0, index })).equals(hash)) {
      return index;
    }
  }
  throw new Error('a transaction is not what its checkpoint has: npm run verify-ledger');
}

/**
 * Reads hashes of the tree of a size: of whole tiles as they are kept, and of the leaves after them as the
 * journal has them.
 */
async function hashReader(ledger: Ledger, size: number, upto: string, call: Call): Promise<ReadHash> {
  const whole = Math.floor(size / TILE_HASHES);
  const [end] = whole === 0 ? [] : await tilesOf(ledger, 0, whole - 1, whole, false, call);
  const place: Place = end
    ? { xact: end.until_xact, at: end.until_at as Place['at'], id: end.until_id }
    : BEFORE_ALL;
  const tail = (await ledger.readLeaves(place, upto, size % TILE_HASHES, call)).map(({ leaf }) =>
    leafHash(leaf),
  );
  const known = new Map<number, Promise<Buffer[]>>();
  const leavesOf = (tile: number): Promise<Buffer[]> => {
    const hashes =
      known.get(tile) ?? (tile === whole ? Promise.resolve(tail) : readHashes(ledger, tile, call));
    known.set(tile, hashes);
    return hashes;
  };
  return async ({ height, index }) => {
    const from = index * 2 ** height;
    if (2 ** height < TILE_HASHES) {
      const at = from % TILE_HASHES;
      const hashes = await leavesOf(Math.floor(from / TILE_HASHES));
      return rootOf(hashes.slice(at, at + 2 ** height));
    }
    const level = Math.floor(height / 8) - 1;
    const span = TILE_HASHES ** (level + 1);
    const rows = await tilesOf(ledger, level, from / span, (from + 2 ** height) / span, false, call);
    return rootOf(rows.map(({ root }) => root));
  };
}

async function readHashes(ledger: Ledger, tile: number, call: Call): Promise<Buffer[]> {
  const [row] = await tilesOf(ledger, 0, tile, tile + 1, true, call);
  const bytes = row?.hashes ?? Buffer.alloc(0);
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, at) =>
    bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
}

function tilesOf(ledger: Ledger, level: number, from: number, to: number, withHashes: boolean, call: Call) {
  return ledger.readTiles({ level, from: String(from), to: String(to), withHashes }, call);
}
