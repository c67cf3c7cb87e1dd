import { hash } from 'node:crypto';

/** So many keys take half a gigabyte of memory. Those after them are not compared. */
const MOST_KEYS = 5_000_000;

/** Which keys of a file were seen before, and whether with the same content. */
export class RepeatedKeys {
  private readonly seen = new Map<string, string>();

  /** Undefined the first time. */
  find(key: string, content: object): 'same' | 'other' | undefined {
    const [name, digest] = [digestOf(key), digestOf(JSON.stringify(content))];
    const known = this.seen.get(name);
    if (known === undefined && this.seen.size < MOST_KEYS) {
      this.seen.set(name, digest);
    }
    if (known === undefined) {
      return undefined;
    }
    return known === digest ? 'same' : 'other';
  }
}

/** 96 bits: as text it takes less memory than as bytes. */
function digestOf(text: string): string {
  return hash('sha256', text, 'buffer').toString('base64', 0, 12);
}
