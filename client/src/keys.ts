/**
 * A body with an idempotency key at each of these places, made where it is absent. A place is '' for the body
 * itself, or names joined by dots; a list on the way stands for each of its elements.
 */
export function withKeys(body: object, places: readonly string[]): object {
  return places.reduce<object>(
    (keyed, place) => keyAt(keyed, place === '' ? [] : place.split('.')) as object,
    body,
  );
}

function keyAt(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => keyAt(element, names));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const fields = value as Record<string, unknown>;
  const [name, ...rest] = names;
  return name === undefined
    ? { ...fields, idempotencyKey: fields.idempotencyKey ?? crypto.randomUUID() }
    : { ...fields, ...(name in fields && { [name]: keyAt(fields[name], rest) }) };
}
