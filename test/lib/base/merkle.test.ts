import * as fc from 'fast-check';
import {
  consistencyProof,
  EMPTY_ROOT,
  hashOf,
  inclusionPath,
  leafHash,
  nodeHash,
  type ReadHash,
} from '../../../lib/base/merkle';

/** The definition of RFC 6962, word for word: slow, and nothing to do with how the tree is kept. */
function definition(leaves: string[]): Buffer {
  if (leaves.length <= 1) {
    return leaves[0] === undefined ? EMPTY_ROOT : leafHash(leaves[0]);
  }
  let split = 1;
  while (split * 2 < leaves.length) {
    split *= 2;
  }
  return nodeHash(definition(leaves.slice(0, split)), definition(leaves.slice(split)));
}

/** RFC 9162, 2.1.3.2: the root that a path leads to. */
function rootBy(path: Buffer[], leaf: Buffer, index: number, size: number): Buffer {
  let [at, last, root] = [index, size - 1, leaf];
  for (const hash of path) {
    if (at % 2 === 1 || at === last) {
      root = nodeHash(hash, root);
      while (at % 2 === 0 && at !== 0) {
        [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
      }
    } else {
      root = nodeHash(root, hash);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return root;
}

/** RFC 9162, 2.1.4.2: the roots of both trees that a proof leads to. */
function rootsBy(proof: Buffer[], first: number, size: number, firstRoot: Buffer): [Buffer, Buffer] {
  const isWhole = Number.isInteger(Math.log2(first));
  const path = isWhole ? [firstRoot, ...proof] : proof;
  let [at, last] = [first - 1, size - 1];
  while (at % 2 === 1) {
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  let [old, young] = [path[0], path[0]] as [Buffer, Buffer];
  for (const hash of path.slice(1)) {
    if (at % 2 === 1 || at === last) {
      [old, young] = [nodeHash(hash, old), nodeHash(hash, young)];
      while (at % 2 === 0 && at !== 0) {
        [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
      }
    } else {
      young = nodeHash(young, hash);
    }
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return [old, young];
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => `leaf ${index}`);
const reading =
  (leaves: string[]): ReadHash =>
  ({ height, index }) =>
    definition(leaves.slice(index * 2 ** height, (index + 1) * 2 ** height));

test('the hashes of no leaf, of one leaf and of a pair match the published test vectors', () => {
  expect(EMPTY_ROOT.toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  // Test vectors of Certificate Transparency's own implementation.
  expect(leafHash('').toString('hex')).toBe(
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  );
  expect(nodeHash(leafHash(''), leafHash('\0')).toString('hex')).toBe(
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  );
});

test('root, audit paths and consistency proofs are right for any size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), async (size, some, other) => {
      const leaves = leavesOf(size);
      const read = reading(leaves);
      const root = await hashOf(0, size, read);
      expect(root).toEqual(definition(leaves));
      const index = some % size;
      const path = await inclusionPath(index, size, read);
      expect(rootBy(path, leafHash(leaves[index] ?? ''), index, size)).toEqual(root);
      const first = 1 + (other % size);
      expect(await consistencyProof(0, size, read)).toEqual([]);
      await expect(consistencyProof(size + first, size, read)).rejects.toThrow(RangeError);
      const proof = await consistencyProof(first, size, read);
      const old = definition(leaves.slice(0, first));
      expect(first === size ? [proof.length, root] : rootsBy(proof, first, size, old)).toEqual([
        first === size ? 0 : old,
        root,
      ]);
    }),
    { numRuns: 200 },
  );
});
