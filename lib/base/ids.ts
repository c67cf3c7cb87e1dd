import { v7, validate } from 'uuid';

/** A version 7 uuid: rows made at about one time lie together in the index. Order is not decided by it. */
export function newId(): string {
  return v7();
}

export function isUuid(text: string): boolean {
  return validate(text);
}
