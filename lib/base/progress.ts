import { monotonicMillis } from './time';

/** Characters of the bar. */
const WIDTH = 30;
const SHOW_MILLIS = 200;

/** Tells on a terminal how far some work is, how fast it goes and how long it will take. */
export class Progress {
  private readonly start = monotonicMillis();
  private shown = Number.NEGATIVE_INFINITY;

  /** `unit`: what is counted, such as rows. */
  constructor(
    private readonly unit: string,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** `share`: of the whole work, 0 to 1. */
  show(done: number, share: number): void {
    const now = monotonicMillis();
    if (this.stream.isTTY && now - this.shown >= SHOW_MILLIS) {
      this.shown = now;
      this.stream.write(`\r${progressLine(this.unit, done, share, (now - this.start) / 1_000)}\x1b[K`);
    }
  }

  end(): void {
    if (this.stream.isTTY) {
      this.stream.write('\n');
    }
  }
}

export function progressLine(unit: string, done: number, share: number, seconds: number): string {
  const bar = '#'.repeat(Math.round(WIDTH * Math.min(1, share))).padEnd(WIDTH, '.');
  const left = share > 0 ? Math.round((seconds * (1 - share)) / share) : undefined;
  const time =
    left === undefined ? '' : `, ${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left`;
  return `[${bar}] ${done} ${unit}, ${Math.round(done / Math.max(seconds, 0.001))}/s${time}`;
}
