import { randomFillSync, randomUUID } from 'node:crypto';
import { v7, validate } from 'uuid';

/** Random bytes for 256 ids: each visit to the system's generator costs more than the id. */
const pool = new Uint8Array(16 * 256);
let used = pool.length;

function nextRandom(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}

/** A version 7 uuid: rows made at about one time lie together in the index. Order is not decided by it. */
export function newId(): string {
  return v7({ random: nextRandom() });
}

/** A random uuid, for rows that are read and changed again soon: neighbours in an index conflict under serializable isolation. */
export function newScatteredId(): string {
  return randomUUID();
}

export function isUuid(text: string): boolean {
  return validate(text);
}
