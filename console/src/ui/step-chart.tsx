import { useElementSize } from '@mantine/hooks';
import { amountText } from './amount';
import { timeText } from './time';

const HEIGHT = 180;
/** Room for the words below, and of each letter at the left. */
const [BOTTOM, TOP, LETTER] = [24, 12, 8];

export interface Step {
  at: string;
  value: number;
}

/** Values that hold until the next one, from the first step until now. Its words say what it shows. */
export function StepChart({ title, steps }: { title: string; steps: Step[] }) {
  const { ref, width } = useElementSize();
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) {
    return null;
  }
  const [begin, end] = [Date.parse(first.at), Date.now()];
  const values = steps.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  const left = 16 + LETTER * Math.max(...[low, high].map((value) => amountText(value).length));
  const x = (millis: number) => left + ((millis - begin) / Math.max(1, end - begin)) * (width - left - 8);
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const path = steps
    .map(({ at, value }, index) =>
      index === 0 ? `M${x(Date.parse(at))} ${y(value)}` : `H${x(Date.parse(at))}V${y(value)}`,
    )
    .join('');
  const told = `${title}: from ${amountText(first.value)} on ${timeText(first.at)} to ${amountText(last.value)} now; at most ${amountText(high)}.`;
  return (
    <div ref={ref}>
      <svg className="chart" role="img" aria-label={told} width="100%" height={HEIGHT}>
        {[high, low].map((value) => (
          <g key={value}>
            <line className="axis" x1={left} x2={width} y1={y(value)} y2={y(value)} />
            <text x={left - 8} y={y(value) + 4} textAnchor="end">
              {amountText(value)}
            </text>
          </g>
        ))}
        <path className="line" d={`${path}H${x(end)}`} />
        <text x={left} y={HEIGHT - 4}>
          {timeText(first.at)}
        </text>
        <text x={width} y={HEIGHT - 4} textAnchor="end">
          now
        </text>
      </svg>
    </div>
  );
}
