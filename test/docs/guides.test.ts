import { execFile } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Checkout, checkOut, type Service } from '../support/checkout';
import { installClient } from '../support/client-package';

/**
 * Plays the guides as a reader would: each command in its order, in a fresh checkout beside a service that was
 * just started. What a guide shows as the answer is what came back. npm run docs writes the answers.
 */
const GUIDES = [
  'README.md',
  ...['integrate', 'lots', 'support', 'finance', 'migration', 'privacy', 'operate'].map(
    (name) => `docs/${name}.md`,
  ),
];

/**
 * A fenced block, and the comment before it, which says what is special: `file: NAME` is written beside the
 * commands, `service: NAME=VALUE` starts the service anew with this setting before the command, and
 * `not run: WHY` is left out.
 */
interface Block {
  role: 'command' | 'answer' | 'file' | 'service' | 'not run';
  /** What the comment says of it. */
  how: string;
  language: string;
  text: string;
  /** Where its text lies in the guide. */
  at: [number, number];
}

function blocksOf(guide: string): Block[] {
  const fence = /(?:<!-- (file|service|not run): ([^\n]*) -->\n+)?^( *)```(\w+)\n([\s\S]*?)^ *```$/gm;
  return [...guide.matchAll(fence)].map((match) => {
    const [whole, special, how = '', indent = '', language = '', text = ''] = match;
    const start = match.index + whole.indexOf(`\`\`\`${language}\n`) + language.length + 4;
    return {
      role: (special as Block['role']) ?? (language === 'bash' ? 'command' : 'answer'),
      how,
      language,
      text: text.replace(new RegExp(`^${indent}`, 'gm'), ''),
      at: [start, start + text.length],
    };
  });
}

/** What differs each time: ids, times, cursors, digests. */
function masked(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID')
    .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g, 'TIME')
    .replace(/\b[0-9a-f]{64,80}\b/g, 'HEX')
    .replace(/"version": "[^"]+"/, 'VERSION')
    .replace(/whsec_[\w+/=]+/g, 'SECRET')
    .trimEnd();
}

let checkout: Checkout;
let service: Service | undefined;
/** The service that a command needs: the one that runs, or one with the settings that the guide names. */
const start = async ({ role, how }: Block): Promise<void> => {
  if (service === undefined || role === 'service') {
    await service?.stop();
    const settings = Object.fromEntries(
      how
        .split(' ')
        .filter(Boolean)
        .map((setting) => setting.split('=')),
    );
    service = await checkout.start({ WEBHOOK_ALLOW_PRIVATE: 'true', ...settings });
  }
};
beforeEach(async () => {
  checkout = await checkOut();
  for (const name of ['cli', 'client']) {
    symlinkSync(path.resolve(name), path.join(checkout.folder, name));
  }
});
afterEach(async () => {
  await service?.stop();
  service = undefined;
  await checkout.close();
});

async function play(command: string): Promise<string> {
  const here = command.replaceAll('localhost:3000', `localhost:${checkout.port}`);
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', here], {
    cwd: checkout.folder,
    env: {
      ...process.env,
      PATH: `${path.dirname(process.execPath)}:${process.env.PATH}`,
      WALLET_URL: `http://localhost:${checkout.port}`,
      npm_config_update_notifier: 'false',
    },
  });
  return stdout.replaceAll(`localhost:${checkout.port}`, 'localhost:3000');
}

/** Plays a guide. What it shows, block by block, beside what was answered now. */
async function playAll(guide: string): Promise<[Block, string][]> {
  const shown: [Block, string][] = [];
  let answer: string | undefined;
  for (const block of blocksOf(guide)) {
    if (block.role === 'file') {
      await writeBeside(block.how, block.text);
    } else if (block.role === 'service' || block.role === 'command') {
      await start(block);
      answer = await play(block.text);
    } else if (block.role === 'answer' && answer !== undefined) {
      shown.push([block, `${prettied(answer, block).trimEnd()}\n`]);
      answer = undefined;
    }
  }
  return shown;
}

const prettied = (answer: string, { language }: Block): string =>
  language === 'json' ? JSON.stringify(JSON.parse(answer), null, 2) : answer;

/** A file beside the commands. One of a game is in a folder where the client is installed. */
async function writeBeside(name: string, text: string): Promise<void> {
  const file = path.join(checkout.folder, name);
  if (!existsSync(path.dirname(file))) {
    await installClient(path.dirname(file));
  }
  writeFileSync(file, text.replaceAll('localhost:3000', `localhost:${checkout.port}`));
}

test.each(GUIDES)('%s shows what its commands answer', async (file) => {
  const guide = readFileSync(file, 'utf8');
  const shown = await playAll(guide);
  expect(shown.length).toBeGreaterThan(0);
  if (process.env.WRITE_DOCS) {
    const written = shown.reduceRight(
      (text, [{ at }, now]) => text.slice(0, at[0]) + now + text.slice(at[1]),
      guide,
    );
    writeFileSync(file, written);
  } else {
    expect(shown.map(([{ text }]) => masked(text))).toEqual(shown.map(([, now]) => masked(now)));
  }
});
