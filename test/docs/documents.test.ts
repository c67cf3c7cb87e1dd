import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const documents = [
  ...[
    '.',
    'docs',
    'sql',
    'sql/distributed',
    'client',
    'console',
    'test',
    'test/bench',
    'lib/db',
    'lib/http',
    'infra/local',
    'infra/aws',
  ],
].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name)),
);

/** The lines of a document, without its code. */
const proseOf = (document: string): string[] =>
  readFileSync(document, 'utf8')
    .replace(/^ *```[\s\S]*?^ *```$/gm, '')
    .split('\n');

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (document: string): string[] =>
  proseOf(document)
    .filter((line) => line.startsWith('#'))
    .map((line) =>
      line
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );

test.each(documents)('every link in %s leads to a file and a heading that exist', (document) => {
  const text = proseOf(document).join('\n');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|^\[[\w-]+\]: (\S+)$/gm)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? document : path.join(path.dirname(document), file);
    return (
      !/^https?:/.test(link) &&
      (!existsSync(target) || (anchor !== undefined && !anchorsOf(target).includes(anchor)))
    );
  });
  expect(broken).toEqual([]);
});

test.each([
  ['README.md', 150, 100],
  ['ARCHITECTURE.md', 150, 110],
  ...documents
    .filter(
      (document) => document.includes('/') && document.endsWith('README.md') && !/^(client)/.test(document),
    )
    .map((document) => [document, 120, 110] as const),
] as [string, number, number][])(
  '%s has at most %d lines, and its breakable lines have at most %d columns',
  (document, lines, columns) => {
    const text = readFileSync(document, 'utf8').trimEnd().split('\n');
    expect(text.length).toBeLessThanOrEqual(lines);
    const broken =
      document === 'README.md' ? text : proseOf(document).filter((line) => !line.trim().startsWith('|'));
    expect(broken.filter((line) => line.length > columns)).toEqual([]);
  },
);

test('no document speaks of the text that the project started from', () => {
  expect(
    documents.filter((document) => /\bthe seed\b(?! data)|seed's/i.test(readFileSync(document, 'utf8'))),
  ).toEqual([]);
});
