/**
 * Breaks the code on purpose, one promise at a time, in a copy, and shows that its tests notice: a test that
 * would still pass is no test. Run by npm run test:faults, or with a part of a breach's name for those alone.
 * Ends with 1 when a breach went unnoticed.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BREACHES, type Breach, placeOf } from './breaches';

/** Without a breach every test must pass, or to fail would say nothing. */
const NOTHING: Breach = {
  name: 'nothing (the tests must pass)',
  file: 'sql/seed.sql',
  from: '',
  to: '',
  noticedBy: [...new Set(BREACHES.flatMap(({ noticedBy }) => noticedBy))],
};

const COPIED = [
  ...['client', 'docs', 'functions', 'generated', 'infra', 'lib', 'sql', 'test'],
  ...['package.json', 'tsconfig.json', 'jest.config.mjs', 'README.md', '.env.example'],
];

/** The drift of schema.sql would notice most breaches, without saying what broke. */
const IGNORED = ['test/faults', 'test/sql/schema'];

async function main(): Promise<void> {
  const chosen = [NOTHING, ...BREACHES].filter(({ name }) => name.includes(process.argv[2] ?? ''));
  let unnoticed = 0;
  for (const breach of chosen) {
    const failures = await failuresWith(breach);
    const asWanted = (breach === NOTHING) === (failures.length === 0);
    unnoticed += asWanted ? 0 : 1;
    const first = failures[0] === undefined ? '' : `, first ${failures[0]}`;
    process.stdout.write(
      `${asWanted ? 'ok       ' : 'UNNOTICED'} ${breach.name}: ${failures.length} tests fail${first}\n`,
    );
  }
  process.exitCode = unnoticed === 0 ? 0 : 1;
}

/** The tests that fail on a copy with the breach in it, each with its file. */
async function failuresWith(breach: Breach): Promise<string[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'game-wallet-sabotage-'));
  try {
    for (const name of COPIED) {
      await cp(name, path.join(copy, name), { recursive: true });
    }
    await symlink(path.resolve('node_modules'), path.join(copy, 'node_modules'));
    await plant(breach, copy);
    return await runTests(copy, breach.noticedBy);
  } finally {
    await rm(copy, { recursive: true });
  }
}

async function plant(breach: Breach, copy: string): Promise<void> {
  const { file, from, to } = breach;
  const text = await readFile(path.join(copy, file), 'utf8');
  if (!placeOf(breach).test(text)) {
    throw new Error(`${file} no longer contains "${from}": the breach must follow the code`);
  }
  // As a function, since a $ of a text in its place has a meaning.
  await writeFile(
    path.join(copy, file),
    text.replace(placeOf(breach), () => to),
  );
}

interface TestResult {
  name: string;
  message: string;
  assertionResults: { status: string; fullName: string }[];
}

async function runTests(copy: string, files: string[]): Promise<string[]> {
  const report = path.join(copy, 'report.json');
  const args = [
    'node_modules/jest/bin/jest.js',
    ...files,
    '--json',
    `--outputFile=${report}`,
    '--testPathIgnorePatterns',
    ...IGNORED,
  ];
  const { stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  const text = await readFile(report, 'utf8').catch(() => {
    throw new Error(`the tests did not start, so they notice nothing: ${stderr}`);
  });
  const { testResults }: { testResults: TestResult[] } = JSON.parse(text);
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => fullName);
    const told = failed.length === 0 && message !== '' ? [message.split('\n')[0] ?? ''] : failed;
    return told.map((text) => `"${text}" of ${path.relative(copy, name)}`);
  });
}

await main();
