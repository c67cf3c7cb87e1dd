const local = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** Such as `Europe/Berlin`. */
export const ZONE = local.resolvedOptions().timeZone;

export const timeText = (at: string): string => local.format(new Date(at));

/** A time as people here read it; with the pointer on it, as the wire has it. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {timeText(at)}
    </time>
  );
}

/** What a field of local time holds, as the wire wants it. */
export const toWire = (field: string): string | undefined =>
  field === '' ? undefined : new Date(field).toISOString();

/** A time as a field of local time holds it. */
export function toField(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
