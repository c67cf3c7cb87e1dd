import { useElementSize } from '@mantine/hooks';
import { amountText } from './amount';
import { timeText } from './time';

const HEIGHT = 180;
/** Room for the words below and above, of each letter at the left, and of a time below. */
const [BOTTOM, TOP, LETTER, TIME] = [24, 18, 8, 230];

export interface Step {
  at: string;
  value: number;
}

interface StepChartProps {
  title: string;
  assetCode: string;
  steps: Step[];
}

/** Values that hold until the next one, from the first step until now. Its words say what it shows. */
export function StepChart({ title, assetCode, steps }: StepChartProps) {
  const { ref, width } = useElementSize();
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) {
    return null;
  }
  const [begin, end] = [Date.parse(first.at), Date.now()];
  const values = steps.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  const textOf = (value: number) => amountText(value, assetCode);
  const left = 16 + LETTER * Math.max(...[low, high].map((value) => textOf(value).length));
  const x = (millis: number) => left + ((millis - begin) / Math.max(1, end - begin)) * (width - left - 8);
  const y = (value: number) => TOP + ((high - value) / (high - low || 1)) * (HEIGHT - TOP - BOTTOM);
  const path = steps
    .map(({ at, value }, index) =>
      index === 0 ? `M${x(Date.parse(at))} ${y(value)}` : `H${x(Date.parse(at))}V${y(value)}`,
    )
    .join('');
  const told = `${title}: from ${textOf(first.value)} on ${timeText(first.at)} to ${textOf(last.value)} now; at most ${textOf(high)}.`;
  // Times between the first and now, as many as there is room for.
  const gaps = Math.max(1, Math.floor((width - left) / TIME));
  const times = Array.from({ length: gaps - 1 }, (_, index) => begin + ((end - begin) / gaps) * (index + 1));
  return (
    <div ref={ref}>
      <svg className="chart" role="img" aria-label={told} width="100%" height={HEIGHT}>
        {[high, low].map((value) => (
          <g key={value}>
            <line className="axis" x1={left} x2={width} y1={y(value)} y2={y(value)} />
            <text x={left - 8} y={y(value) + 4} textAnchor="end">
              {textOf(value)}
            </text>
          </g>
        ))}
        <path className="line" d={`${path}H${x(end)}`} />
        {last.value !== high && last.value !== low && (
          <text x={width} y={y(last.value) - 6} textAnchor="end">
            {textOf(last.value)} now
          </text>
        )}
        {times.map((millis) => (
          <g key={millis}>
            <line className="axis" x1={x(millis)} x2={x(millis)} y1={TOP} y2={HEIGHT - BOTTOM} />
            <text x={x(millis)} y={HEIGHT - 4} textAnchor="middle">
              {timeText(new Date(millis).toISOString())}
            </text>
          </g>
        ))}
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
