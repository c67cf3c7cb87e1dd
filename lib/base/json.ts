import { plainDecimal } from './money';

/** Of a JSON text that has parsed: a string (with a colon after it: a field's name), a number, or what opens, parts or closes a value. */
const TOKEN = /"((?:[^"\\]|\\.)*)"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[{}[\],]/g;

/** What a number that a double cannot hold has: more than 15 digits, or an exponent. Most texts have neither, and need no second reading. */
const SUSPECT = /(?:^|[\s:,[])-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * The first number of a JSON text that a double cannot hold as written, with its path. Parsing would change it silently, so that an amount of
 * 1.0000000000000001 would post as 1, and an id in metadata become another; a caller who needs such a number sends it as a string.
 */
export function findInexactNumber(json: string): { path: string; number: string } | undefined {
  if (!SUSPECT.test(json)) {
    return undefined;
  }
  const path: (string | number)[] = [];
  for (const [token, text, colon] of json.matchAll(TOKEN)) {
    if (colon !== undefined) {
      path[path.length - 1] = text ?? '';
    } else if (text === undefined && !follow(path, token) && canonicalNumber(token) !== canonicalNumber(String(Number(token)))) {
      return { path: path.join('.'), number: token };
    }
  }
  return undefined;
}

/** Keeps the path up to date: a level for each open object (its field's name) and list (its index). Whether the token was of that kind. */
function follow(path: (string | number)[], token: string): boolean {
  const last = path.at(-1);
  if (token === '{' || token === '[') {
    path.push(token === '{' ? '' : 0);
  } else if (token === '}' || token === ']') {
    path.pop();
  } else if (token === ',') {
    path[path.length - 1] = typeof last === 'number' ? last + 1 : '';
  } else {
    return false;
  }
  return true;
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
