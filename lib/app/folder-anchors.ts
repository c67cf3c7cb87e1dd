import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseCheckpoint, placeOf, type SignedCheckpoint } from '../base/checkpoint';
import { groupBy } from '../base/groups';
import { type Anchored, type Anchors, expectSame, inOrder } from './anchored';

/** A file for each day, to which lines are only ever added, and one for each public key. */
export function folderAnchors(folder: string): Anchors {
  const keyFile = (keyId: string) => path.join(folder, `${keyId}.pem`);
  return {
    async keepKey(keyId, publicKey) {
      await mkdir(folder, { recursive: true });
      // Whole or not at all: a name of its own until everything is written.
      await writeFile(`${keyFile(keyId)}.new`, publicKey);
      await rename(`${keyFile(keyId)}.new`, keyFile(keyId));
    },
    async keep(checkpoints) {
      await mkdir(folder, { recursive: true });
      for (const [day, some] of groupBy(checkpoints, ({ signedAt }) => signedAt.slice(0, 10))) {
        await append(path.join(folder, `${day}.ndjson`), some);
      }
    },
    async read() {
      const names = (await readdir(folder).catch(noneWhereMissing)) ?? [];
      const files = names.filter((name) => name.endsWith('.ndjson')).sort();
      const all: Anchored = { checkpoints: [], faults: [] };
      // One after the other: the texts of all days do not lie in memory at once.
      for (const name of files) {
        const { checkpoints, faults } = parseLines(name, await readFile(path.join(folder, name), 'utf8'));
        all.checkpoints.push(...checkpoints);
        all.faults.push(...faults);
      }
      return inOrder(all.checkpoints, all.faults);
    },
    readKey: (keyId) => readFile(keyFile(keyId), 'utf8').catch(noneWhereMissing),
  };
}

/** Adds those that the file does not have. A line that a crash has cut off stays, and a new one begins. */
async function append(name: string, checkpoints: SignedCheckpoint[]): Promise<void> {
  const text = (await readFile(name, 'utf8').catch(noneWhereMissing)) ?? '';
  const kept = new Map(parseLines(name, text).checkpoints.map((one) => [placeOf(one), one]));
  const added = checkpoints.filter((checkpoint) => {
    const other = kept.get(placeOf(checkpoint));
    if (other !== undefined) {
      expectSame(other, checkpoint);
    }
    return other === undefined;
  });
  const file = await open(name, 'a');
  try {
    const start = text === '' || text.endsWith('\n') ? '' : '\n';
    await file.write(start + added.map((checkpoint) => `${JSON.stringify(checkpoint)}\n`).join(''));
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** A line that was cut off is none where the whole line follows it. */
function parseLines(name: string, text: string): Anchored {
  const lines = text.split('\n').filter((line) => line !== '');
  const checkpoints: SignedCheckpoint[] = [];
  const faults: string[] = [];
  for (const [index, line] of lines.entries()) {
    const checkpoint = parseCheckpoint(line);
    if (checkpoint !== undefined) {
      checkpoints.push(checkpoint);
    } else if (!lines[index + 1]?.startsWith(line)) {
      faults.push(
        `line ${index + 1} of ${path.basename(name)} is no checkpoint, and no whole copy follows it`,
      );
    }
  }
  return { checkpoints, faults };
}

function noneWhereMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') {
    throw error;
  }
}
