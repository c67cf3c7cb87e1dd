import { hash } from 'node:crypto';

/** The name of an erased account (sql/functions/erased_handle.sql), whose first digits are its home. */
const ERASED = /^erased:([0-9a-f]{16})$/;

/**
 * A player's home: one of 32,768 numbers, 15 bits of the SHA-256 of the userId. All rows of the player lie in
 * it. SQL computes the same (sql/functions/home_of.sql) and refuses another.
 */
export function homeOf(userId: string): number {
  return uint16((ERASED.exec(userId)?.[1] ?? hash('sha256', userId)).slice(0, 4)) & 0x7fff;
}

/** The home that an id of a transaction or hold ends with. */
export function homeOfId(id: string): number {
  return uint16(id.slice(-4));
}

/**
 * The id of the transaction or hold that a key makes in a home: a uuid of version 8. `leg` names a dependent
 * transaction of the same key. SQL computes the same (sql/functions/id_of.sql), which also says why a line
 * feed.
 */
export function idOf(home: number, key: string, leg = ''): string {
  const hex = hash('sha256', leg === '' ? key : `${key}\n${leg}`);
  const tail = `${hex.slice(20, 28)}${home.toString(16).padStart(4, '0')}`;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${tail}`;
}

/** Of four hex digits. */
function uint16(hex: string): number {
  return Buffer.from(hex, 'hex').readUInt16BE(0);
}
