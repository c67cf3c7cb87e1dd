/** Milliseconds, from a clock that never goes back; for durations and deadlines. */
export function monotonicMillis(): number {
  return performance.now();
}

/** `keepsAlive` false: the process may end meanwhile. */
export function sleep(millis: number, { keepsAlive = true } = {}): Promise<undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), millis);
    if (!keepsAlive) {
      timer.unref();
    }
  });
}

/** Whether the work ended within its time. It goes on either way. */
export async function endsWithin(work: Promise<unknown>, millis: number): Promise<boolean> {
  return Promise.race([work.then(() => true), sleep(millis, { keepsAlive: false }).then(() => false)]);
}

/** ISO 8601, in UTC. */
export type UtcText = `${string}Z`;

/** Microseconds since the epoch, in 15 or 16 digits. A Date would keep the milliseconds alone. */
export function utcOfMicros(micros: string): UtcText {
  const millis = new Date(Number(micros.slice(0, -3))).toISOString().slice(0, -1);
  return `${millis}${micros.slice(-3)}Z`;
}
