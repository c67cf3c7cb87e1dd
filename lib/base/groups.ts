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
