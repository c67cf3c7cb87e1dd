import { homeOfId } from '../ledger/home';
import type { Database } from './database';
import { type Place, readErasures, readLeaf, readLeaves } from './leaves';
import type { Call } from './retry';
import { type Arguments, ask, askOne } from './statements';

/** What makes the ledger provable: leaves, the tree over them, and its checkpoints. */
export function proving(writer: Database, reader: Database) {
  return {
    readLeaves: (after: Place, below: string, limit: number, call: Call) =>
      readLeaves(reader, after, below, limit, call),

    readErasures: (call: Call) => readErasures(reader, call),

    readLeaf: (id: string, call: Call) => readLeaf(reader, homeOfId(id), id, call),

    readHorizon: (call: Call) => askOne(reader.call, 'read_horizon', {}, call),

    /** Oldest first: those after a number, or the last ones. */
    readCheckpoints: (limit: number, after: string | undefined, call: Call) =>
      ask(reader.call, 'read_checkpoints', { limit, after }, call),

    readUnanchored: (limit: number, call: Call) => ask(reader.call, 'read_unanchored', { limit }, call),

    /** The first that has transactions of this number in it. */
    findCheckpoint: async (xact: string, call: Call) =>
      (await ask(reader.call, 'find_checkpoint', { xact }, call))[0],

    readTiles: (given: Arguments<'read_tiles'>, call: Call) => ask(reader.call, 'read_tiles', given, call),

    findTile: async ({ xact, at, id }: Place, call: Call) =>
      (await ask(reader.call, 'find_tile', { xact, at, id }, call))[0],

    recordCheckpoint: async (given: Arguments<'record_checkpoint'>, call: Call): Promise<void> => {
      await ask(writer.call, 'record_checkpoint', given, call);
    },

    recordAnchor: async (number: string, call: Call): Promise<void> => {
      await ask(writer.call, 'record_anchor', { number }, call);
    },
  };
}
