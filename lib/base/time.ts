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
