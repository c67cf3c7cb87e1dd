import { type Checkpoint, checkpointDigest, NO_DIGEST, type SignedCheckpoint } from '../base/checkpoint';
import { leafHash } from '../base/merkle';
import { monotonicMillis } from '../base/time';
import { GrowingTree, TILE_HASHES, type Tile } from '../base/tree';
import { BEFORE_ALL, type Leaf, type Place } from '../db/leaves';
import type { Ledger } from '../db/ledger';
import type { Call } from '../db/retry';
import type { App } from './app';
import { keyIdOf } from './signing';

type Row = Awaited<ReturnType<Ledger['readCheckpoints']>>[number];

/** Leaves that one statement reads, and that one checkpoint adds at most. */
const PAGE_LEAVES = 5_000;
const MAX_LEAVES = 100_000;
/** Checkpoints that are anchored in one go. */
const MAX_ANCHORED = 1_000;
/** Milliseconds kept for the last checkpoint of a run. */
const RESERVE_MILLIS = 5_000;

export function checkpointOf(row: Row): SignedCheckpoint {
  return {
    number: row.number,
    from: row.from_cursor,
    to: row.to_cursor,
    size: row.size,
    root: row.root.toString('hex'),
    previous: row.previous.toString('hex'),
    digest: row.digest.toString('hex'),
    signedAt: row.signed_at.toISOString(),
    keyId: row.key_id,
    signature: row.signature.toString('hex'),
  };
}

/**
 * Makes a checkpoint of all that was committed since the last one, signs it, and keeps it outside of the
 * database: one at least, also when nothing was committed, so that an old one shows that the job has stopped.
 * Makes none where the ledger has no commit order. Throws when it does not fit its last checkpoint any more.
 */
export async function checkpoint(app: App, call: Call): Promise<{ leaves: number; checkpoints: number }> {
  const { ledger, signer, anchors } = app;
  const counts = { leaves: 0, checkpoints: 0 };
  await ledger.beginEpoch(call);
  const { epoch } = await ledger.readHorizon(call);
  if (epoch === null) {
    return counts;
  }
  const publicKey = await signer.publicKey();
  await anchors.keepKey(keyIdOf(publicKey), publicKey);
  let [last] = await ledger.readCheckpoints(1, undefined, call);
  const edge = await rightEdge(ledger, last, call);
  for (let isAll = false; !isAll && monotonicMillis() < call.deadline - RESERVE_MILLIS; ) {
    const added = await addLeaves(ledger, edge, epoch, call);
    isAll = added.isAll;
    last = await record(app, last, edge, added, call);
    counts.leaves += added.leaves;
    counts.checkpoints += 1;
  }
  await anchor(app, call);
  return counts;
}

/** The tree as the last checkpoint left it, and the place of its last leaf. */
interface Edge {
  tree: GrowingTree;
  place: Place;
}

/**
 * What is in no whole tile yet is read from the journal. So a change there shows: the root is not what the
 * checkpoint says.
 */
async function rightEdge(ledger: Ledger, last: Row | undefined, call: Call): Promise<Edge> {
  const levels: Buffer[][] = [[]];
  const size = Number(last?.size ?? 0);
  let whole = Math.floor(size / TILE_HASHES);
  let place = BEFORE_ALL;
  for (let level = 0; whole > 0; level++) {
    const from = whole - (whole % TILE_HASHES);
    const first = String(Math.min(from, whole - 1));
    const rows = await ledger.readTiles({ level, from: first, to: String(whole) }, call);
    levels[level + 1] = rows.filter(({ index }) => Number(index) >= from).map(({ root }) => root);
    const end = rows.at(-1);
    if (level === 0 && end !== undefined) {
      place = { xact: end.until_xact, at: end.until_at as Place['at'], id: end.until_id };
    }
    whole = Math.floor(whole / TILE_HASHES);
  }
  const tree = new GrowingTree(size - (size % TILE_HASHES), levels);
  if (last !== undefined) {
    const tail = await ledger.readLeaves(place, last.upto, TILE_HASHES, call);
    for (const leaf of tail) {
      tree.add(leafHash(leaf.leaf));
      place = leaf;
    }
    if (tree.size !== size || !tree.root().equals(last.root)) {
      throw new Error(`the ledger does not fit checkpoint ${last.number} any more: npm run verify-ledger`);
    }
  }
  return { tree, place };
}

/** What a checkpoint adds. `upto`: all rows below this number are in it. */
interface Added {
  leaves: number;
  upto: string;
  epoch: string;
  tiles: (Tile & Place)[];
  isAll: boolean;
}

/** Adds the leaves up to the horizon, or some whole database transactions of them. */
async function addLeaves(ledger: Ledger, edge: Edge, epoch: string, call: Call): Promise<Added> {
  const { horizon } = await ledger.readHorizon(call);
  const added: Added = { leaves: 0, upto: horizon, epoch, tiles: [], isAll: true };
  for (;;) {
    const page = await ledger.readLeaves(edge.place, horizon, PAGE_LEAVES, call);
    const isFull = page.length === PAGE_LEAVES;
    const upto = page.at(-1)?.xact ?? horizon;
    // The last database transaction of a full page may go on, so it is left for the next checkpoint. One that
    // an earlier page began is not left: a part of it is in the tree.
    const ends = isFull && added.leaves + page.length >= MAX_LEAVES && upto !== edge.place.xact;
    const leaves = ends ? page.filter(({ xact }) => xact !== upto) : page;
    for (const leaf of leaves) {
      take(edge, leaf, added);
    }
    if (ends || !isFull) {
      return ends ? { ...added, upto, isAll: false } : added;
    }
  }
}

function take(edge: Edge, leaf: Leaf, added: Added): void {
  const { xact, at, id } = leaf;
  edge.place = { xact, at, id };
  added.leaves += 1;
  for (const tile of edge.tree.add(leafHash(leaf.leaf))) {
    added.tiles.push({ ...tile, xact, at, id });
  }
}

/** Signs a checkpoint of the tree as it is, and writes it down. */
async function record(app: App, last: Row | undefined, edge: Edge, added: Added, call: Call): Promise<Row> {
  const { ledger, signer } = app;
  const keyId = keyIdOf(await signer.publicKey());
  const hex = (number: string) => BigInt(number).toString(16).padStart(16, '0');
  // The place before the first row of `upto`, as cursor_of of SQL writes one.
  const to = `${hex(added.epoch)}${hex(added.upto)}${'0'.repeat(48)}`;
  const content: Checkpoint = {
    number: String(BigInt(last?.number ?? 0) + 1n),
    from: last?.to_cursor ?? '0'.repeat(80),
    to,
    size: String(edge.tree.size),
    root: edge.tree.root().toString('hex'),
    previous: last?.digest.toString('hex') ?? NO_DIGEST,
    signedAt: new Date().toISOString(),
    keyId,
  };
  const digest = checkpointDigest(content);
  const signature = await signer.sign(digest);
  // Also the one that is not whole yet: without it nobody could say which of its leaves was changed.
  const index = Math.floor(edge.tree.size / TILE_HASHES);
  const partial = {
    level: 0,
    index,
    root: Buffer.alloc(0),
    hashes: Buffer.concat(edge.tree.rest),
    ...edge.place,
  };
  const tiles = [...added.tiles, ...(edge.tree.rest.length > 0 ? [partial] : [])].map((tile) => ({
    ...tile,
    root: tile.root.toString('hex'),
    hashes: tile.hashes?.toString('hex') ?? null,
  }));
  const { number, from, size, root, previous, signedAt } = content;
  const bytes = (text: string) => `\\x${text}`;
  await ledger.recordCheckpoint(
    {
      ...{ number, from, to, upto: added.upto, size, root: bytes(root), previous: bytes(previous) },
      ...{ digest: bytes(digest.toString('hex')), signedAt: new Date(signedAt), keyId },
      ...{ signature: bytes(signature.toString('hex')), tiles: JSON.stringify(tiles) },
    },
    call,
  );
  const [row] = await ledger.readCheckpoints(1, String(BigInt(number) - 1n), call);
  return row as Row;
}

/** Keeps outside of the database what does not lie there yet, oldest first. */
async function anchor({ ledger, anchors }: App, call: Call): Promise<void> {
  for (;;) {
    const rows = await ledger.readUnanchored(MAX_ANCHORED, call);
    const last = rows.at(-1);
    if (last === undefined) {
      return;
    }
    await anchors.keep(rows.map(checkpointOf));
    await ledger.recordAnchor(last.number, call);
  }
}
