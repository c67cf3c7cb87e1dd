import { Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { amountText, moneyText } from './amount';

const [ROW, BAR, LETTER] = [26, 14, 7];

export interface Bar {
  name: string;
  amount: string;
}

interface BarsProps {
  title: string;
  assetCode: string;
  bars: Bar[];
}

/** What rose and what fell, from a line in the middle. The table below has the same in words. */
export function Bars({ title, assetCode, bars }: BarsProps) {
  const { ref, width } = useElementSize();
  if (bars.length === 0) {
    return null;
  }
  const textOf = ({ amount }: Bar) => amountText(amount, assetCode);
  const names = Math.min(170, width / 3);
  const right = width - LETTER * Math.max(...bars.map((bar) => textOf(bar).length)) - 8;
  const middle = (names + right) / 2;
  const lengths = bars.map(({ amount }) => Math.abs(Number(amount)));
  const most = Math.max(...lengths) || 1;
  const longest = bars[lengths.indexOf(Math.max(...lengths))]?.amount.replace('-', '') ?? '';
  const told = bars.map((bar) => `${bar.name} ${textOf(bar)}`).join(', ');
  return (
    <div ref={ref}>
      <svg
        className="chart"
        role="img"
        aria-label={`${title}: ${told}`}
        width="100%"
        height={bars.length * ROW}
      >
        {bars.map((bar, index) => {
          const length = Math.max(1, ((lengths[index] ?? 0) / most) * (right - middle));
          const isUp = !bar.amount.startsWith('-');
          return (
            <g key={bar.name} transform={`translate(0 ${index * ROW})`}>
              <text x={0} y={BAR + 2}>
                {bar.name}
              </text>
              <rect
                className={isUp ? 'up' : 'down'}
                x={isUp ? middle : middle - length}
                y={4}
                width={length}
                height={BAR}
              />
              <text x={width} y={BAR + 2} textAnchor="end">
                {textOf(bar)}
              </text>
            </g>
          );
        })}
        <line className="axis" x1={middle} x2={middle} y1={0} y2={bars.length * ROW} />
      </svg>
      <Text size="xs" c="dimmed">
        The longest bar is {moneyText(longest, assetCode)}. What rose goes to the right.
      </Text>
    </div>
  );
}
