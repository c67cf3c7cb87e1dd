/** Every value of each name, in order. Without a prototype, because a name may be `__proto__`. */
export function groupValues(pairs: Iterable<[string, string]>): Record<string, string[]> {
  const groups: Record<string, string[]> = Object.create(null);
  for (const [name, value] of pairs) {
    const values = groups[name];
    if (values === undefined) {
      groups[name] = [value];
    } else {
      values.push(value);
    }
  }
  return groups;
}

/** The items of each name, in order. A group has at least one. */
export function groupBy<Item>(
  items: Iterable<Item>,
  nameOf: (item: Item) => string,
): Map<string, [Item, ...Item[]]> {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(nameOf(item));
    if (group === undefined) {
      groups.set(nameOf(item), [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}
