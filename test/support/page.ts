import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const PAGE = 'docs/proofs.md';

/** A folder of its own, in which the commands of the page are run as they stand. */
export function openPage(files: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-page-'));
  symlinkSync(path.resolve('test'), path.join(folder, 'test'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return {
    /** The command that begins so; what it printed. */
    run(begin: string): string {
      const command = readFileSync(PAGE, 'utf8')
        .split('\n')
        .find((line) => line.trim().startsWith(begin));
      return execFileSync('bash', ['-euc', command ?? 'false'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    },
    has: (name: string) => existsSync(path.join(folder, name)),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** The statement of the page that begins so. */
export function statementOfPage(begin: string): string {
  const text = readFileSync(PAGE, 'utf8');
  const start = text.indexOf(begin);
  return text.slice(start, text.indexOf(';', start));
}
