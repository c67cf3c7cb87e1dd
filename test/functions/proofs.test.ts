import { readFileSync } from 'node:fs';
import type { ProofReply } from '../../client/src/generated';
import { verifyConsistency, verifyProof } from '../../client/src/proof';
import { checkpoint as makeCheckpoint } from '../support/follower';
import { openPage } from '../support/page';
import { key, openAccounts, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
let publicKey: string;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ann', 'bob');
  // The first checkpoint is of an empty ledger.
  await wallet.sql('TRUNCATE journal');
  await checkpoint();
  publicKey = await wallet.app.signer.publicKey();
});
afterAll(() => wallet.close());

const checkpoint = () => makeCheckpoint(wallet);
const topup = async (more: object = {}): Promise<string> => {
  const body = { userId: 'ann', assetCode: 'GOLD_COIN', amount: '1.50', idempotencyKey: key(), ...more };
  return (await wallet.call('wallet/topup', { body })).body.data.transactionId;
};
const topups = async (count: number) => {
  const transactions = Array.from({ length: count }, () => ({
    type: 'topup',
    userId: 'bob',
    assetCode: 'GOLD_COIN',
    amount: 1,
    idempotencyKey: key(),
  }));
  return (await wallet.call('wallet/batch', { body: { transactions } })).body.data.transactions.map(
    ({ transactionId }: { transactionId: string }) => transactionId,
  );
};
const proofOf = async (transactionId: string) =>
  (await wallet.call('proofs/get', { path: { transactionId } })).body;
const last = async () =>
  (await wallet.call('proofs/list', { query: { limit: '1' } })).body.data.checkpoints[0];

test('a transaction is proved by the checkpoint after it, and not before', async () => {
  const id = await topup({ metadata: { note: 'привет' } });
  expect((await proofOf(id)).error.code).toBe('PROOF_PENDING');
  await checkpoint();
  const proof: ProofReply = (await proofOf(id)).data;
  expect(await verifyProof(proof, publicKey)).toEqual({
    valid: true,
    transaction: expect.objectContaining({ id, amount: '1.50', asset: 'GOLD_COIN', kind: 'TOP_UP', v: 1 }),
  });
  // It is JSON in the form of RFC 8785, so anybody can make it again.
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([one], [other]) => (one < other ? -1 : 1))
            .map(([name, inner]) => [name, sorted(inner)]),
        )
      : value;
  expect(JSON.stringify(sorted(JSON.parse(proof.leaf)))).toBe(proof.leaf);
  // Nothing of it tells what a person may ask to be erased.
  expect(proof.leaf).not.toMatch(/ann|привет|key-/);
});

test('each change of a proof is noticed', async () => {
  const [id] = await topups(300);
  await checkpoint();
  const proof: ProofReply = (await proofOf(id)).data;
  const changed: [Partial<ProofReply>, RegExp][] = [
    [{ leaf: proof.leaf.replace('"amount":"1', '"amount":"2') }, /path/],
    [{ leaf: proof.leaf.replace('"v":1', '"v":2') }, /version 2/],
    [{ index: proof.index + 1 }, /path/],
    [{ path: proof.path.slice(1) }, /path/],
    [{ path: [...proof.path, '00'.repeat(32)] }, /path/],
    [{ checkpoint: { ...proof.checkpoint, size: '1' } }, /path/],
    [{ checkpoint: { ...proof.checkpoint, signedAt: '2020-01-01T00:00:00.000Z' } }, /digest/],
    [{ checkpoint: { ...proof.checkpoint, signature: '00'.repeat(64) } }, /signature/],
    [{ checkpoint: { ...proof.checkpoint, keyId: '00'.repeat(32) } }, /another key/],
  ];
  for (const [change, reason] of changed) {
    const verdict = await verifyProof({ ...proof, ...change }, publicKey);
    expect(verdict).toEqual({ valid: false, reason: expect.stringMatching(reason) });
  }
});

test('verification rejects a proof of another transaction, and input that is no proof', async () => {
  const [one, other] = await topups(2);
  await checkpoint();
  const proof: ProofReply = (await proofOf(one)).data;
  expect(await verifyProof(proof, publicKey, one)).toMatchObject({ valid: true });
  expect(await verifyProof(proof, publicKey, other)).toEqual({
    valid: false,
    reason: `the proof is of transaction ${one}`,
  });
  const { data } = (await wallet.call('proofs/consistency', { path: { number: '2' }, query: { since: '1' } }))
    .body;
  const malformed = { valid: false, reason: expect.stringMatching(/not in the form/) };
  for (const key of ['', 'no key', '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----']) {
    const noKey = { valid: false, reason: expect.stringMatching(/^the public key is none/) };
    expect(await verifyProof(proof, key)).toEqual(noKey);
    expect(await verifyConsistency(data, key)).toEqual(noKey);
  }
  for (const leaf of ['', 'null', '[', undefined]) {
    expect(await verifyProof({ ...proof, leaf } as ProofReply, publicKey)).toEqual(malformed);
  }
  expect(await verifyProof(undefined as never, publicKey)).toEqual(malformed);
  expect(await verifyProof({ ...proof, path: [null] } as never, publicKey)).toMatchObject({ valid: false });
  expect(await verifyConsistency({} as never, publicKey)).toEqual(malformed);
});

test('every transaction of a ledger of any size is proved, across tiles and checkpoints', async () => {
  const ids: string[] = [];
  for (const count of [1, 255, 256, 257, 700, 3]) {
    ids.push(...(await topups(count)));
    await checkpoint();
  }
  for (const id of [...ids.slice(0, 3), ...ids.slice(250, 260), ...ids.slice(500, 530), ...ids.slice(-5)]) {
    const verdict = await verifyProof((await proofOf(id)).data, publicKey);
    expect(verdict).toMatchObject({ valid: true, transaction: { id } });
  }
});

test('an auditor can verify that a checkpoint extends any earlier one', async () => {
  await topups(5);
  await checkpoint();
  const number = (await last()).number;
  for (let since = 1; since <= Number(number); since++) {
    const reply = await wallet.call('proofs/consistency', {
      path: { number },
      query: { since: String(since) },
    });
    expect(await verifyConsistency(reply.body.data, publicKey)).toEqual({ valid: true });
    const { first, second, proof } = reply.body.data;
    const forged = await verifyConsistency({ first, second, proof: [...proof, '00'.repeat(32)] }, publicKey);
    expect(forged.valid).toBe(false);
  }
});

test('the service does not prove that an earlier checkpoint extends a later one', async () => {
  const { number } = await last();
  const ask = (since: string) =>
    wallet.call('proofs/consistency', { path: { number: '1' }, query: { since } });
  const { status, body } = await ask(number);
  expect([status, body.error.code]).toEqual([400, 'VALIDATION_ERROR']);
  expect(body.error.details).toEqual([{ path: 'since', message: 'must not be later than checkpoint 1' }]);
  expect((await ask('1')).body.data.proof).toEqual([]);
});

test('a minute without transactions gets a checkpoint; a ledger that was changed does not', async () => {
  const before = await last();
  await checkpoint();
  expect(await last()).toMatchObject({
    number: String(Number(before.number) + 1),
    size: before.size,
    root: before.root,
    previous: before.digest,
    from: before.to,
  });
  const id = await topup();
  await checkpoint();
  await wallet.sql('UPDATE journal SET metadata = \'{"forged": true}\' WHERE id = $1', [id]);
  await expect(checkpoint()).rejects.toThrow(/does not fit checkpoint \d+ any more/);
  await wallet.sql("UPDATE journal SET metadata = '{}' WHERE id = $1", [id]);
  await checkpoint();
});

test('the commands of the guide compute the same root and digest, and accept the signature', async () => {
  const [id] = await topups(40);
  await checkpoint();
  const answer = await proofOf(id);
  const key = readFileSync((wallet.config.checkpoints.key as { file: string }).file, 'utf8');
  const page = openPage({ 'proof.json': JSON.stringify(answer), '.local/checkpoints.key': key });
  page.run('openssl pkey -in');
  expect(page.run('python3')).toBe(`leaf ${answer.data.leaf}\nroot ok\ndigest ok\n`);
  expect(page.run('openssl pkeyutl')).toMatch(/Verified Successfully/);
  // Into a folder that is there it writes nothing.
  expect(() => page.run('python3')).toThrow('signed: File exists');
  page.close();
  const forged = { ...answer.data, leaf: answer.data.leaf.replace('"v":1', '"v":2') };
  const other = openPage({ 'proof.json': JSON.stringify(forged) });
  expect(() => other.run('python3')).toThrow(expect.objectContaining({ status: 1 }));
  expect(other.has('signed')).toBe(false);
  other.close();
});
