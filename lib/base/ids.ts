import { v4, v7, validate } from 'uuid';

/** A version 7 uuid: rows made at about one time lie together in the index. Order is not decided by it. */
export function newId(): string {
  return v7();
}

/** A random uuid, for rows that are read and changed again soon: neighbours in an index conflict under serializable isolation. */
export function newScatteredId(): string {
  return v4();
}

export function isUuid(text: string): boolean {
  return validate(text);
}
