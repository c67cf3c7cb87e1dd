import { verifyProof } from '../../client/src/proof';
import { verify as verifyWallet } from '../support/audit';
import { erasureCalls, GONE, NEIGHBOUR } from '../support/erasure';
import { checkpoint, settled } from '../support/follower';
import { discrepancies } from '../support/reconcile';
import { openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeEach(async () => {
  wallet = await openWallet();
});
afterEach(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await wallet.close();
});

const { erase, live } = erasureCalls(() => wallet);
const events = async () => {
  await settled(wallet);
  return (await wallet.call('events/list', { query: { limit: '1000' } })).body.data.events;
};
const verify = async () => (await verifyWallet(wallet)).misfits;

test('after an erasure events and proofs stay true', async () => {
  const ids = await live();
  await checkpoint(wallet);
  const leaf = async (transactionId: string) =>
    (await wallet.call('proofs/get', { path: { transactionId } })).body.data.leaf;
  const before = await Promise.all(ids.map(leaf));
  const erased = await erase();
  expect(await verify()).toEqual([]);
  await checkpoint(wallet);
  expect(await verify()).toEqual([]);
  expect(await Promise.all(ids.map(leaf))).toEqual(before);

  const told = await events();
  expect(told.filter((event: object) => GONE.test(JSON.stringify(event)))).toEqual([]);
  const last = told.at(-1);
  const [{ id: account, handle }] = await wallet.sql(
    "SELECT id, handle FROM user_accounts WHERE handle LIKE 'erased:%'",
  );
  expect([last.type, last.data]).toEqual([
    'wallet.account.erased',
    {
      account: handle,
      erasedAt: erased.body.data.erasedAt,
      principal: null,
      reason: 'ticket 12',
    },
  ]);
  const ofPerson = told.filter(({ subject }: { subject: string }) => subject === handle);
  expect(ofPerson.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([ids[0]]));
  // The erasure itself is proved like a transaction.
  const proof = (await wallet.call('proofs/get', { path: { transactionId: last.id } })).body.data;
  expect(await verifyProof(proof, await wallet.app.signer.publicKey())).toEqual({
    valid: true,
    transaction: {
      account: String(account),
      at: expect.any(String),
      home: expect.any(Number),
      id: last.id,
      kind: 'ERASURE',
      principal: null,
      transactions: expect.any(String),
      v: 1,
    },
  });
});

test('each player of a transfer can be erased, one after the other, and the proofs stay true', async () => {
  await live();
  await erase();
  for (const other of ['ann', NEIGHBOUR]) {
    expect((await erase({ idempotencyKey: `erase ${other}` }, other)).status).toBe(200);
  }
  await checkpoint(wallet);
  expect(await verify()).toEqual([]);
});
