/** Milliseconds, from a clock that never goes back; for durations and deadlines. */
export function monotonicMillis(): number {
  return performance.now();
}

export function sleep(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
