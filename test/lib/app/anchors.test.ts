import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Anchors } from '../../../lib/app/anchored';
import { anchorsOf } from '../../../lib/app/anchors';
import { followAnchors } from '../../../lib/app/chain';
import { keyIdOf, signerOf } from '../../../lib/app/signing';
import { checkpointDigest, NO_DIGEST, type SignedCheckpoint } from '../../../lib/base/checkpoint';
import { type AwsQueues, startAwsQueues } from '../../support/aws-queues';

const folder = mkdtempSync(path.join(tmpdir(), 'game-wallet-anchors-'));
const signer = signerOf({ file: path.join(folder, 'signing.key') });
let publicKey: string;
let chain: SignedCheckpoint[];
let aws: AwsQueues;
const environment = { ...process.env };
beforeAll(async () => {
  publicKey = await signer.publicKey();
  chain = await makeChain(3);
  aws = await startAwsQueues();
  Object.assign(process.env, aws.environment);
});
afterAll(() => {
  process.env = environment;
  aws.close();
  rmSync(folder, { recursive: true });
});

/** Checkpoints of one epoch that follow each other, or the ones before them. */
async function makeChain(
  count: number,
  before: SignedCheckpoint[] = [],
  epoch = 1,
): Promise<SignedCheckpoint[]> {
  const made = [...before];
  while (made.length < before.length + count) {
    const content = {
      number: String(made.length + 1),
      from: '0'.repeat(80),
      to: epoch.toString(16).padStart(16, '0') + '0'.repeat(64),
      size: String(10 * (made.length + 1)),
      root: NO_DIGEST,
      previous: made.at(-1)?.digest ?? NO_DIGEST,
      signedAt: '2026-11-30T12:00:00.000Z',
      keyId: keyIdOf(publicKey),
    };
    const digest = checkpointDigest(content);
    const signature = (await signer.sign(digest)).toString('hex');
    made.push({ ...content, digest: digest.toString('hex'), signature });
  }
  return made.slice(before.length);
}

const faultsOf = async (anchors: Anchors, keys = [publicKey]) =>
  (await followAnchors(anchors, keys)).misfits.map(({ fault, message }) => `${fault}: ${message}`);

/** A place of its own for each test, with the first two checkpoints. */
async function anchored(place: string): Promise<Anchors> {
  const anchors = anchorsOf(place);
  await anchors.keepKey(keyIdOf(publicKey), publicKey);
  await anchors.keep(chain.slice(0, 2));
  return anchors;
}
const newFolder = () => mkdtempSync(path.join(folder, 'anchors-'));

describe.each([
  ['a folder', newFolder],
  ['a bucket', () => `s3://bucket/${Math.random()}`],
])('%s', (_, newPlace) => {
  test('keeps each checkpoint once, even if an interrupted run writes it again', async () => {
    const anchors = await anchored(newPlace());
    await anchors.keep(chain);
    expect(await anchors.read()).toEqual({ checkpoints: chain, faults: [] });
    expect(await faultsOf(anchors)).toEqual([]);
    expect(await faultsOf(anchors, [])).toEqual([]);
  });

  test('refuses another checkpoint with the same number, except in a new epoch', async () => {
    const anchors = await anchored(newPlace());
    const other = (await makeChain(1, chain.slice(0, 1))).map((one) => ({ ...one, size: '11' }));
    const forged = other.map((one) => ({ ...one, digest: checkpointDigest(one).toString('hex') }));
    await expect(anchors.keep(forged)).rejects.toThrow(/another checkpoint 2 is anchored/);
    expect(await anchors.read()).toEqual({ checkpoints: chain.slice(0, 2), faults: [] });

    const restored = await makeChain(2, chain.slice(0, 1), 1_796_000_000);
    await anchors.keep(restored);
    const found = await followAnchors(anchors, [publicKey]);
    expect(found.checkpoints).toEqual([chain[0], ...restored]);
    expect(found.misfits).toEqual([]);
    expect(found.restores).toEqual([
      expect.stringMatching(
        /at 2026-11-30T.*: checkpoints 2 to 2 made before that, with 10 transactions, are not/,
      ),
    ]);
  });

  test('reports a signed checkpoint that does not follow the one before it', async () => {
    const anchors = anchorsOf(newPlace());
    const [other] = chain.map((one) => ({ ...one, digest: 'f'.repeat(64) }));
    await anchors.keep([...chain.slice(0, 1), ...(await makeChain(1, other ? [other] : []))]);
    expect(await faultsOf(anchors)).toEqual([
      'anchor-changed: checkpoint 2 does not follow the one before it: an anchor is missing or was changed',
    ]);
  });

  test('names a missing public key, and accepts several keys', async () => {
    const anchors = await anchored(newPlace());
    const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string;
    expect(await faultsOf(anchors, [other])).toEqual([
      expect.stringMatching(/^anchor-changed: .* the public key with the id \w{64} was not given$/),
    ]);
    expect(await faultsOf(anchors, [other, publicKey])).toEqual([]);
    const unknown = anchorsOf(newPlace());
    await unknown.keep(chain);
    expect(await faultsOf(unknown, [])).toEqual([
      expect.stringMatching(
        /^anchor-changed: .* the public key with the id \w{64} does not lie with the anch/,
      ),
    ]);
    await unknown.keepKey(keyIdOf(publicKey), other);
    expect(await faultsOf(unknown, [])).toEqual([
      expect.stringMatching(/the public key with the id \w{64} is another key/),
    ]);
  });
});

describe('an anchor line that a crash has cut off', () => {
  const torn = async () => {
    const place = newFolder();
    const anchors = await anchored(place);
    const [name = ''] = readdirSync(place).filter((file) => file.endsWith('.ndjson'));
    const file = path.join(place, name);
    writeFileSync(file, readFileSync(file, 'utf8') + JSON.stringify(chain[2]).slice(0, 50));
    return { anchors, file };
  };

  test('is reported until its checkpoint is written again on a line of its own', async () => {
    const { anchors } = await torn();
    expect(await faultsOf(anchors)).toEqual([
      'anchor-changed: line 3 of 2026-11-30.ndjson is no checkpoint, and no whole copy follows it',
    ]);
    await anchors.keep(chain.slice(2));
    expect(await anchors.read()).toEqual({ checkpoints: chain, faults: [] });
  });

  test('is not confused with a line that was overwritten', async () => {
    const { anchors, file } = await torn();
    await anchors.keep(chain.slice(2));
    writeFileSync(file, readFileSync(file, 'utf8').replace('"number":"2"', '"number":'));
    expect(await faultsOf(anchors)).toEqual([
      expect.stringMatching(/line 2 of .* is no checkpoint/),
      expect.stringMatching(/checkpoint 3 does not follow/),
    ]);
  });
});

test.each([
  ['another version', ['{}']],
  ['a delete marker', [null]],
  ['a delete marker and a later version', [null, '{}']],
])('%s over an object of a bucket is reported, and the oldest version counts', async (_, laid) => {
  const prefix = String(Math.random());
  const anchors = await anchored(`s3://bucket/${prefix}/`);
  for (const [key, versions] of aws.objects) {
    if (key.startsWith(prefix)) {
      aws.objects.set(key, [...versions, ...laid]);
    }
  }
  const { checkpoints, faults } = await anchors.read();
  expect(checkpoints).toEqual(chain.slice(0, 2));
  expect(faults).toEqual(Array(3).fill(expect.stringMatching(`has ${1 + laid.length} versions`)));
  expect(await anchors.readKey(keyIdOf(publicKey))).toBe(publicKey);
});
