/** A player's lots after one step of a story. */
export interface Stage {
  title: string;
  lots: { origin: 'paid' | 'free'; amount: number; expiresAt: string | null }[];
}

const WIDTH = 110;
const BAR = 64;
/** Pixels of one unit. */
const UNIT = 1.2;
const TOP = 24;
const BASE = TOP + 150 * UNIT;

/** A bar for each stage: its lots on one another, what burns first on top. Readable in light and in dark. */
export function drawLots(stages: Stage[]): string {
  const width = stages.length * WIDTH;
  const bars = stages.map((stage, index) => bar(stage, index * WIDTH + (WIDTH - BAR) / 2)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${BASE + 56}" role="img"
  aria-label="The lots of a player after each step: paid gems, and free ones that expire">
  <style>
    text { font: 12px sans-serif; text-anchor: middle; fill: #24292f }
    .on { fill: #fff } .paid { fill: #1f6feb } .free { fill: #bf5a00 } .base { stroke: #8c959f }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .on { fill: #fff } }
  </style>
  <line class="base" x1="0" x2="${width}" y1="${BASE}" y2="${BASE}"/>
${bars}
  <rect class="paid" x="8" y="${BASE + 38}" width="10" height="10"/>
  <text x="36" y="${BASE + 47}">paid</text>
  <rect class="free" x="64" y="${BASE + 38}" width="10" height="10"/>
  <text x="116" y="${BASE + 47}">free, expires</text>
</svg>
`;
}

function bar({ title, lots }: Stage, x: number): string {
  let bottom = BASE;
  const parts = [...lots].reverse().map(({ origin, amount }) => {
    const height = amount * UNIT;
    bottom -= height;
    return `  <rect class="${origin}" x="${x}" y="${bottom}" width="${BAR}" height="${height}"/>
  <text class="on" x="${x + BAR / 2}" y="${bottom + height / 2 + 4}">${amount}</text>`;
  });
  return [...parts, `  <text x="${x + BAR / 2}" y="${BASE + 20}">${title}</text>`].join('\n');
}
