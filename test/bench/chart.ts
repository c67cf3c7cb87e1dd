/**
 * Throughput against connections, one line per series; plain SVG, so that it shows wherever the README does.
 */
const SERIES = [
  { name: 'limit, TPC-B', colour: '#888888' },
  { name: 'SQL posting', colour: '#1b7f4d' },
  { name: 'handlers', colour: '#1f5fbf' },
  { name: 'HTTP', colour: '#7a3fbf' },
  { name: 'HTTP bare', colour: '#c58a00' },
  { name: 'HTTP textbook', colour: '#c0392b' },
];
const CONNECTIONS = [1, 16, 64];
/** Pixels between labels, so that close lines stay readable. */
const LABEL_HEIGHT = 14;
const SIZE = { width: 720, height: 400, left: 60, right: 150, top: 40, bottom: 50 };

export function chart(rows: { scenario: string; perSecond: number }[]): string {
  const rateOf = (series: string, connections: number) =>
    rows.find((row) => row.scenario === `${series}, ${connections}`)?.perSecond;
  const top =
    Math.ceil(
      Math.max(...SERIES.flatMap(({ name }) => CONNECTIONS.map((count) => rateOf(name, count) ?? 0))) / 1000,
    ) * 1000;
  const x = (index: number) =>
    SIZE.left + (index * (SIZE.width - SIZE.left - SIZE.right)) / (CONNECTIONS.length - 1);
  const y = (value: number) =>
    SIZE.height - SIZE.bottom - (value / top) * (SIZE.height - SIZE.top - SIZE.bottom);
  const drawn = SERIES.map((series) => ({
    ...series,
    values: CONNECTIONS.map((count) => rateOf(series.name, count)),
  }))
    .filter(({ values }) => values.every((value) => value !== undefined))
    .sort((one, other) => (other.values.at(-1) ?? 0) - (one.values.at(-1) ?? 0));
  let lowest = 0;
  const lines = drawn.flatMap(({ name, colour, values }) => {
    const points = values.map((value, index) => `${x(index)},${y(value ?? 0).toFixed(1)}`).join(' ');
    const end = values.at(-1) ?? 0;
    lowest = Math.max(y(end) + 4, lowest + LABEL_HEIGHT);
    return [
      `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      `<text x="${x(CONNECTIONS.length - 1) + 8}" y="${lowest.toFixed(1)}" fill="${colour}">${name} ${Math.round(end)}/s</text>`,
    ];
  });
  const grid = Array.from({ length: top / 1000 + 1 }, (_, step) => step * 1000).map(
    (value) =>
      `<line x1="${SIZE.left}" x2="${SIZE.width - SIZE.right}" y1="${y(value)}" y2="${y(value)}" stroke="#e5e5e5"/><text x="${SIZE.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  );
  const axis = CONNECTIONS.map(
    (count, index) =>
      `<text x="${x(index)}" y="${SIZE.height - SIZE.bottom + 20}" text-anchor="middle">${count}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">`,
    '<title>Postings a second against connections</title>',
    `<rect width="100%" height="100%" fill="white"/>`,
    `<text x="${SIZE.left}" y="22" font-size="15">Postings a second against connections</text>`,
    ...grid,
    ...axis,
    `<text x="${SIZE.left}" y="${SIZE.height - 8}">connections (service, database and callers share one machine)</text>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}
