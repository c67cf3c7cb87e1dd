import { plainDecimal } from './money';

/** A string (with a colon after it: a field's name), or a number, of a JSON text that has already parsed. */
const STRING_OR_NUMBER = /"((?:[^"\\]|\\.)*)"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The first number of a JSON text that a double cannot hold as written, with the name of the field it stands in. Parsing would change it
 * silently, so that an amount of 1.0000000000000001 would post as 1; a caller who needs such a number sends it as a string.
 */
export function findInexactNumber(json: string): { field: string; number: string } | undefined {
  let field = '';
  for (const match of json.matchAll(STRING_OR_NUMBER)) {
    const [token, name, colon] = match;
    if (name !== undefined) {
      field = colon === undefined ? field : name;
    } else if (canonicalNumber(token) !== canonicalNumber(String(Number(token)))) {
      return { field, number: token };
    }
  }
  return undefined;
}

function canonicalNumber(token: string): string {
  const plain = plainDecimal(token);
  const trimmed = plain.includes('.') ? plain.replace(/\.?0+$/, '') : plain;
  const withoutZeros = trimmed.replace(/^(-?)0+(?=\d)/, '$1');
  return withoutZeros === '-0' ? '0' : withoutZeros;
}

/** Whether PostgreSQL can keep the text: it has no NUL character and no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !/\0|\p{Surrogate}/u.test(text);
}

/** Levels of lists and objects within each other; recursion over a body of 64 KB could otherwise end the stack. */
const MAX_DEPTH = 100;

/** The rule that keeps a JSON value from being stored, if it breaks one. */
export function storageFault(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    return isStorableText(value) ? undefined : 'must hold no NUL character and no unpaired surrogate';
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (depth === MAX_DEPTH) {
    return `must be nested at most ${MAX_DEPTH} levels deep`;
  }
  for (const [name, inner] of Object.entries(value)) {
    const fault = storageFault(name) ?? storageFault(inner, depth + 1);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}
