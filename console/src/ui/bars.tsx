import { useElementSize } from '@mantine/hooks';
import { amountText } from './amount';

const [ROW, BAR] = [26, 14];

export interface Bar {
  name: string;
  amount: string;
}

/** What rose and what fell, from a line in the middle. The table below has the same in words. */
export function Bars({ title, bars }: { title: string; bars: Bar[] }) {
  const { ref, width } = useElementSize();
  if (bars.length === 0) {
    return null;
  }
  const names = Math.min(170, width / 3);
  const middle = names + (width - names) / 2;
  const most = Math.max(...bars.map(({ amount }) => Math.abs(Number(amount)))) || 1;
  const told = bars.map(({ name, amount }) => `${name} ${amountText(amount)}`).join(', ');
  return (
    <div ref={ref}>
      <svg
        className="chart"
        role="img"
        aria-label={`${title}: ${told}`}
        width="100%"
        height={bars.length * ROW}
      >
        {bars.map(({ name, amount }, index) => {
          const length = (Math.abs(Number(amount)) / most) * (width - middle - 4);
          const isUp = !amount.startsWith('-');
          return (
            <g key={name} transform={`translate(0 ${index * ROW})`}>
              <text x={0} y={BAR + 2}>
                {name}
              </text>
              <rect
                className={isUp ? 'up' : 'down'}
                x={isUp ? middle : middle - length}
                y={4}
                width={Math.max(1, length)}
                height={BAR}
              />
            </g>
          );
        })}
        <line className="axis" x1={middle} x2={middle} y1={0} y2={bars.length * ROW} />
      </svg>
    </div>
  );
}
