/** What became of one leaf, or of several that are gone. Places are indexes of the leaves that are there. */
export type Difference =
  | { what: 'changed' | 'inserted' | 'moved'; place: number }
  /** `place`: before which they lay. */
  | { what: 'missing'; place: number; count: number };

/**
 * What turned the leaves that were signed into those that are there. The longest part of both that is in one
 * order was left alone; what else is there and was signed has moved. Between two that were left alone, a leaf
 * that was not signed stands for one that is gone: it was changed. What is over was inserted, or is missing.
 */
export function differences(signed: string[], found: string[]): Difference[] {
  const places = new Map(signed.map((hash, index) => [hash, index]));
  // A second leaf of the same hash was not signed.
  const origins = found.map((hash) => {
    const origin = places.get(hash);
    places.delete(hash);
    return origin;
  });
  const isGone = (index: number) => places.has(signed[index] ?? '');
  const stays = [...longestRise(origins), found.length];
  const told: Difference[] = [];
  let [from, origin] = [0, 0];
  for (const stay of stays) {
    const next = origins[stay] ?? signed.length;
    const gone = Array.from({ length: next - origin }, (_, index) => origin + index).filter(isGone).length;
    told.push(...between(origins, from, stay, gone));
    [from, origin] = [stay + 1, next + 1];
  }
  return told;
}

/** Of the leaves from one place to before another, where `gone` that were signed are not to be found. */
function between(origins: (number | undefined)[], from: number, to: number, gone: number): Difference[] {
  const told: Difference[] = [];
  let missing = gone;
  for (let place = from; place < to; place++) {
    if (origins[place] !== undefined) {
      told.push({ what: 'moved', place });
    } else {
      told.push({ what: missing > 0 ? 'changed' : 'inserted', place });
      missing = Math.max(0, missing - 1);
    }
  }
  return missing === 0 ? told : [...told, { what: 'missing', place: to, count: missing }];
}

/** The places of a longest rising part of numbers; what is undefined is in none. */
function longestRise(numbers: (number | undefined)[]): number[] {
  /** By length: where the rise of that length ends that ends lowest. */
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [place, number] of numbers.entries()) {
    if (number === undefined) {
      continue;
    }
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const isBelow = (numbers[ends[middle] ?? 0] ?? 0) < number;
      [low, high] = isBelow ? [middle + 1, high] : [low, middle];
    }
    before[place] = ends[low - 1];
    ends[low] = place;
  }
  const rise: number[] = [];
  for (let place = ends.at(-1); place !== undefined; place = before[place]) {
    rise.push(place);
  }
  return rise.reverse();
}
