export type Bytes = Uint8Array<ArrayBuffer>;

/** Throws a DOMException when it is not base64. */
export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
