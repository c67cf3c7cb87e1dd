import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { verifyProof } from '../../../client/src/proof';
import { signerOf } from '../../../lib/app/signing';
import type { Verifying } from '../../../lib/app/verify';
import { homeOf } from '../../../lib/ledger/home';
import { verify as verifyWallet } from '../../support/audit';
import { startAwsQueues } from '../../support/aws-queues';
import { checkpoint as makeCheckpoint } from '../../support/follower';
import { openPage, statementOfPage } from '../../support/page';
import { key, openAccounts, openWallet, type TestWallet } from '../../support/wallet';

let wallet: TestWallet;
let ids: string[];
/** A transfer within one home: one row has both players. */
let given: string;
const PAYEE = (() => {
  for (let tail = 0; ; tail++) {
    if (homeOf(`payee_${tail}`) === homeOf('ann')) {
      return `payee_${tail}`;
    }
  }
})();
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  await openAccounts(wallet, 'ann', 'bob');
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GEM' },
    body: { name: 'Gem', scale: 2, lots: true },
  });
  ids = [];
  for (const count of [3, 300, 1, 290, 40]) {
    ids.push(...(await topups(count)));
    await checkpoint();
  }
  await openAccounts(wallet, PAYEE);
  await wallet.call('admin/put-asset', {
    path: { assetCode: 'GIFT' },
    body: { name: 'Gifts', scale: 0, transferable: true },
  });
  const gift = { assetCode: 'GIFT', amount: 1 };
  await wallet.call('wallet/bonus', { body: { userId: 'ann', ...gift, idempotencyKey: key() } });
  const transfer = { fromUserId: 'ann', toUserId: PAYEE, ...gift, idempotencyKey: key() };
  given = (await wallet.call('wallet/transfer', { body: transfer })).body.data.transactionId;
  await checkpoint();
  // Not in a checkpoint yet, and nothing is wrong with that.
  await topups(2);
});
afterAll(() => wallet.close());

const checkpoint = () => makeCheckpoint(wallet);
const topups = async (count: number): Promise<string[]> => {
  const transactions = Array.from({ length: count }, (_, index) => ({
    type: 'topup',
    userId: index % 2 === 0 ? 'ann' : 'bob',
    assetCode: index % 5 === 0 ? 'GEM' : 'GOLD_COIN',
    amount: 1,
    idempotencyKey: key(),
  }));
  const reply = await wallet.call('wallet/batch', { body: { transactions } });
  return reply.body.data.transactions.map(({ transactionId }: { transactionId: string }) => transactionId);
};

const verify = (more: Partial<Verifying> = {}) => verifyWallet(wallet, more);
/** What is found after a superuser's damage, which is then mended. */
async function foundAfter(damage: string, mend: string): Promise<[string, string | undefined, string][]> {
  await wallet.sql(damage);
  const { misfits } = await verify();
  await wallet.sql(mend);
  expect((await verify()).misfits).toEqual([]);
  return misfits.map(({ fault, transactionId, message }) => [fault, transactionId, message]);
}

test('an unchanged ledger passes the verification, which reports its progress', async () => {
  const told: [number, number][] = [];
  const { misfits, transactions } = await verify({ progress: (...some) => told.push(some) });
  expect(misfits).toEqual([]);
  // The four of the seed data, and ours.
  expect(transactions).toBe(4 + ids.length + 2);
  expect(told.at(-1)).toEqual([transactions, transactions]);
});

/** Of a transaction: what is done to it, and how it is undone. */
const EDITS: [string, string, string][] = [
  ['amount', 'amount = amount + 1', 'amount = amount - 1'],
  [
    'time',
    "created_at = created_at - interval '1 microsecond'",
    "created_at = created_at + interval '1 microsecond'",
  ],
  ['key', "idempotency_key = idempotency_key || 'x'", 'idempotency_key = left(idempotency_key, -1)'],
  ['metadata', `metadata = '{"x": 1}'`, "metadata = '{}'"],
  ['balance', 'credit_balance = credit_balance + 1', 'credit_balance = credit_balance - 1'],
  ['principal', "principal = 'mallory'", 'principal = NULL'],
  ['kind', "kind = 'BONUS'", "kind = 'TOP_UP'"],
  [
    'group',
    'group_id = related_id',
    'group_id = (SELECT o.group_id FROM journal o WHERE o.xact = j.xact AND o.id <> j.id LIMIT 1)',
  ],
];
test.each(EDITS)('an edited %s is reported with its transaction', async (_, damage, mend) => {
  // The first of a checkpoint, one in the middle of a tile, and one of the last leaves, which are in no whole
  // tile.
  for (const id of [ids[5], ids[400], ids[630]]) {
    const edit = (set: string) => `UPDATE journal j SET ${set} WHERE id = '${id}'`;
    expect(await foundAfter(edit(damage), edit(mend))).toEqual([
      ['transaction-changed', id, expect.stringContaining(`transaction ${id}`)],
    ]);
  }
});

test.each([
  ['number of its entry', 'credit_seq = NULL'],
  ['account', 'debit_account_id = NULL'],
  ['account that is not there', 'credit_account_id = 1'],
  ['asset that is not there', 'asset_type_id = -1'],
  ['time that never comes', "created_at = 'infinity'"],
  ['lot', 'lots[1].amount = NULL'],
  ['lot without end', "lots[1].expires_at = 'infinity'"],
])('a transaction with a meaningless %s is reported by its id', async (_, set) => {
  const id = ids[103];
  const found = await foundAfter(
    `CREATE TABLE saved AS SELECT * FROM journal WHERE id = '${id}'; UPDATE journal SET ${set} WHERE id = '${id}'`,
    `DELETE FROM journal WHERE id = '${id}'; INSERT INTO journal SELECT * FROM saved; DROP TABLE saved`,
  );
  expect(found).toContainEqual([
    expect.stringMatching(/^transaction-(changed|inserted)$/),
    id,
    expect.any(String),
  ]);
});

test('players whose names were changed are reported with their transactions', async () => {
  const swap = (one: string, other: string) =>
    `UPDATE user_accounts SET handle = CASE handle WHEN '${one}' THEN '${other}' ELSE '${one}' END
     WHERE handle IN ('${one}', '${other}')`;
  const told = (of: (string | undefined)[]) =>
    of.map((id) => ['transaction-changed', id, expect.any(String)]);
  expect(await foundAfter(swap('ann', 'bob'), swap('ann', 'bob'))).toEqual(told(ids.slice(0, 3)));
  // One who was only ever paid by a player of the same home.
  const rename = (from: string, to: string) =>
    `UPDATE user_accounts SET handle = '${to}' WHERE handle = '${from}'`;
  expect(await foundAfter(rename(PAYEE, 'mallory'), rename('mallory', PAYEE))).toEqual(told([given]));
});

test('a reader can compute the digest of a leaf with the statement on the page', async () => {
  for (const transactionId of [ids[0] ?? '', given]) {
    const { leaf } = (await wallet.call('proofs/get', { path: { transactionId } })).body.data;
    const [made] = await wallet.sql(
      statementOfPage('SELECT encode(').replace('TRANSACTION_ID', transactionId),
    );
    expect(made).toEqual({ encode: JSON.parse(leaf).private });
  }
});

test('a lot that was changed in the journal is reported', async () => {
  const id = ids[103];
  const edit = (from: string, to: string) =>
    `UPDATE journal SET lots[1].origin = '${to}' WHERE id = '${id}' AND lots[1].origin = '${from}'`;
  expect(await foundAfter(edit('paid', 'free'), edit('free', 'paid'))).toEqual([
    ['transaction-changed', id, expect.any(String)],
  ]);
});

test('a deleted transaction is reported with the one before it', async () => {
  const found = await foundAfter(
    `CREATE TABLE saved AS SELECT * FROM journal WHERE id = '${ids[200]}'; DELETE FROM journal WHERE id = '${ids[200]}'`,
    'INSERT INTO journal SELECT * FROM saved; DROP TABLE saved',
  );
  expect(found).toEqual([['transaction-missing', undefined, expect.stringMatching(/after transaction/)]]);
});

test.each([
  ['between two system accounts', `'debit_account_id', -1, 'credit_account_id', -2`],
  ['of an account that is not there', `'credit_account_id', 1`],
  ['of an asset that is not there', `'asset_type_id', -1`],
  ['with one side alone', `'debit_account_id', null`],
])('a forged transaction %s is reported', async (_, change) => {
  const forged = '11111111-1111-8111-8111-111111111111';
  const found = await foundAfter(
    `INSERT INTO journal SELECT (jsonb_populate_record(j, jsonb_build_object('id', '${forged}', ${change}))).*
     FROM journal j WHERE id = '${ids[200]}'`,
    `DELETE FROM journal WHERE id = '${forged}'`,
  );
  expect(found).toEqual([['transaction-inserted', forged, expect.any(String)]]);
});

test('several deleted or inserted transactions are reported, and no unchanged one is', async () => {
  const found = await foundAfter(
    `CREATE TABLE saved AS SELECT * FROM journal WHERE id IN ('${ids[200]}', '${ids[201]}', '${ids[210]}');
     DELETE FROM journal j USING saved s WHERE s.id = j.id`,
    'INSERT INTO journal SELECT * FROM saved; DROP TABLE saved',
  );
  expect(
    found.map(([fault, , message]) => [fault, /^(a|\d+) transactions? (is|are) missing after/.test(message)]),
  ).toEqual([
    ['transaction-missing', true],
    ['transaction-missing', true],
  ]);
  const forged = ['11111111-1111-8111-8111-111111111111', '22222222-2222-8222-8222-222222222222'];
  const copies = forged.map(
    (
      id,
    ) => `INSERT INTO journal SELECT (jsonb_populate_record(j, jsonb_build_object('id', '${id}', 'home', j.home))).*
      FROM journal j WHERE id = '${ids[200]}'`,
  );
  const inserted = await foundAfter(
    copies.join(';'),
    `DELETE FROM journal WHERE id IN ('${forged.join("','")}')`,
  );
  expect(inserted.map(([fault, id]) => [fault, id]).sort()).toEqual(
    forged.map((id) => ['transaction-inserted', id]),
  );
  const rest = await foundAfter(
    `CREATE TABLE saved AS SELECT * FROM journal WHERE id IN (SELECT unnest('{${ids.slice(3, 303).join()}}'::uuid[]));
     DELETE FROM journal j USING saved s WHERE s.id = j.id`,
    'INSERT INTO journal SELECT * FROM saved; DROP TABLE saved',
  );
  expect(rest).toEqual([
    ['transaction-missing', undefined, '300 transactions are missing at the beginning of checkpoint 2'],
  ]);
});

test('an inserted transaction is reported', async () => {
  const forged = '11111111-1111-8111-8111-111111111111';
  const found = await foundAfter(
    `INSERT INTO journal SELECT (jsonb_populate_record(j, jsonb_build_object('id', '${forged}', 'home', j.home))).*
     FROM journal j WHERE id = '${ids[200]}'`,
    `DELETE FROM journal WHERE id = '${forged}'`,
  );
  expect(found).toEqual([['transaction-inserted', forged, expect.any(String)]]);
});

test('two transactions that changed places are reported', async () => {
  const swap = `
    UPDATE journal j SET created_at = o.created_at FROM journal o
    WHERE (j.id, o.id) IN (('${ids[10]}', '${ids[11]}'), ('${ids[11]}', '${ids[10]}'))`;
  const [[fault, id] = []] = await foundAfter(swap, swap);
  expect(fault).toBe('transaction-changed');
  expect([ids[10], ids[11]]).toContain(id);
  const move = `
    UPDATE journal j SET xact = o.xact FROM journal o
    WHERE (j.id, o.id) IN (('${ids[1]}', '${ids[303]}'), ('${ids[303]}', '${ids[1]}'))`;
  const [[moved] = []] = await foundAfter(move, move);
  expect(moved).toMatch(/^transaction-(missing|changed|moved|inserted)$/);
});

test('a checkpoint that was rewritten in the database is reported', async () => {
  const edit = (set: string) => `UPDATE checkpoints SET ${set} WHERE number = 3`;
  const found = await foundAfter(
    `CREATE TABLE saved AS SELECT * FROM checkpoints; ${edit("root = sha256('x'), digest = sha256('y')")}`,
    'DELETE FROM checkpoints; INSERT INTO checkpoints SELECT * FROM saved; DROP TABLE saved',
  );
  expect(found).toEqual([['checkpoint-changed', undefined, expect.stringMatching(/checkpoint 3 /)]]);
});

test.each([
  ['every hash of a tile', "hashes = substr(hashes, 33) || sha256('x')"],
  ['the hash of the transaction alone', "hashes = overlay(hashes placing sha256('x') from 207 * 32 + 1)"],
  ['the end of a tile', 'hashes = substr(hashes, 1, 100 * 32)'],
])('an amount that was changed together with %s is reported as a changed tree', async (_, change) => {
  const found = await foundAfter(
    `CREATE TABLE saved AS SELECT * FROM tiles; UPDATE tiles SET ${change} WHERE level = 0 AND index = 0;
     UPDATE journal SET amount = amount + 1 WHERE id = '${ids[203]}'`,
    `DELETE FROM tiles; INSERT INTO tiles SELECT * FROM saved; DROP TABLE saved;
     UPDATE journal SET amount = amount - 1 WHERE id = '${ids[203]}'`,
  );
  expect(found).toEqual([
    ['tree-changed', undefined, expect.stringMatching(/of checkpoint 2 .* look from transaction/)],
  ]);
});

test.each([
  ['a cut tail', "SELECT xact FROM journal WHERE id = '{id}'"],
  ['an old backup', 'SELECT upto FROM checkpoints WHERE number = 3'],
])('%s is reported as a missing checkpoint and missing transactions', async (_, since) => {
  const from = `(${since.replace('{id}', ids[630] ?? '')})`;
  const tables = ['journal', 'checkpoints', 'tiles'];
  const columns: Record<string, string> = { journal: 'xact', checkpoints: 'upto', tiles: 'until_xact' };
  const found = await foundAfter(
    [
      `CREATE TABLE cut AS SELECT ${from} AS at`,
      ...tables.map((table) => `CREATE TABLE saved_${table} AS SELECT * FROM ${table}`),
      ...tables.map(
        (table) =>
          `DELETE FROM ${table} WHERE ${columns[table]} ${table === 'journal' ? '>=' : '>'} (SELECT at FROM cut)`,
      ),
    ].join(';'),
    [
      ...tables.map(
        (table) =>
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved_${table}; DROP TABLE saved_${table}`,
      ),
      'DROP TABLE cut',
    ].join(';'),
  );
  expect(found.map(([fault]) => fault)).toEqual(['checkpoint-missing', 'transaction-missing']);
});

describe('an erasure', () => {
  let erased: string;
  beforeAll(async () => {
    await openAccounts(wallet, 'eve');
    const body = { userId: 'eve', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
    erased = (await wallet.call('wallet/topup', { body })).body.data.transactionId;
    await wallet.call('admin/erase-account', {
      path: { userId: 'eve' },
      body: { reason: 'asked for', idempotencyKey: key(), forfeit: true },
    });
  });

  test('passes the verification before and after its checkpoint', async () => {
    expect((await verify()).misfits).toEqual([]);
    await checkpoint();
    expect((await verify()).misfits).toEqual([]);
  });

  test('that nobody recorded is reported', async () => {
    const id = ids[100];
    const take = (account: string) => `
      CREATE TABLE saved AS SELECT * FROM journal WHERE id = '${id}';
      INSERT INTO erased_texts SELECT j.home, j.id, ${account}, sha256(uuid_send(a.salt) || convert_to(
        concat(a.handle, E'\\n\\n', j.idempotency_key, E'\\n', encode(j.request_hash, 'hex'), E'\\n', j.metadata), 'UTF8'))
      FROM journal j JOIN user_accounts a ON a.id = j.credit_account_id WHERE j.id = '${id}';
      UPDATE journal SET idempotency_key = NULL, request_hash = NULL, metadata = '{}' WHERE id = '${id}'`;
    const mend = `
      DELETE FROM journal WHERE id = '${id}'; INSERT INTO journal SELECT * FROM saved; DROP TABLE saved;
      DELETE FROM erased_texts WHERE transaction_id = '${id}'`;
    expect(await foundAfter(take('j.credit_account_id'), mend)).toEqual([
      ['transaction-erased', id, expect.stringMatching(/texts of 1 transactions .* took those of 0$/)],
    ]);
    // Nor does it help to call it a part of one that was recorded.
    expect(await foundAfter(take('(SELECT e.account_id FROM erasures e)'), mend)).toEqual([
      ['transaction-erased', id, expect.stringMatching(/texts of 3 transactions .* took those of 2$/)],
    ]);
  });

  test('whose record was deleted is reported', async () => {
    const found = await foundAfter(
      'CREATE TABLE saved AS SELECT * FROM erasures; DELETE FROM erasures',
      'INSERT INTO erasures SELECT * FROM saved; DROP TABLE saved',
    );
    expect(found).toMatchObject([['transaction-missing', undefined, expect.any(String)]]);
  });

  test('does not hide a transaction that was given a text again', async () => {
    const edit = (metadata: string) => `UPDATE journal SET metadata = '${metadata}' WHERE id = '${erased}'`;
    expect(await foundAfter(edit('{"x": 1}'), edit('{}'))).toEqual([
      ['transaction-changed', erased, expect.any(String)],
    ]);
  });
});

test('anchors that were changed, cut, signed by somebody else or not renewed are reported', async () => {
  const folder = wallet.config.checkpoints.anchors;
  const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.ndjson'));
  const file = path.join(folder, name);
  const text = readFileSync(file, 'utf8');
  const faultsWith = async (changed: string) => {
    writeFileSync(file, changed);
    const { misfits } = await verify();
    writeFileSync(file, text);
    return misfits.map(({ fault }) => fault);
  };
  expect(await faultsWith(text.replace(/"size":"7"/, '"size":"8"'))).toContain('anchor-changed');
  expect(await faultsWith(text.split('\n').slice(1).join('\n'))).toContain('anchor-changed');
  expect(await faultsWith('')).toEqual(['no-anchors']);
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }) as string;
  expect((await verify({ publicKeys: [other] })).misfits).toMatchObject([
    { fault: 'anchor-changed', checkpoint: '1' },
  ]);
  expect((await verify({ now: Date.now() + 121_000 })).misfits).toMatchObject([{ fault: 'anchor-stale' }]);
});

test('after a restore the chain continues in a new epoch and never overwrites an anchor', async () => {
  const title = await openWallet({ service: { logLevel: 'error' } });
  const post = async () => {
    const body = { userId: 'user_001', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
    await title.call('wallet/topup', { body });
    await makeCheckpoint(title);
  };
  const tables = ['journal', 'checkpoints', 'tiles'];
  const each = (statement: (table: string) => string) => title.sql(tables.map(statement).join(';'));
  const restore = () =>
    each((table) => `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved_${table}`);
  try {
    await makeCheckpoint(title);
    await each((table) => `CREATE TABLE saved_${table} AS SELECT * FROM ${table}`);
    await post();
    await post();
    await restore();
    expect((await verifyWallet(title)).misfits[0]?.fault).toBe('checkpoint-missing');

    // In the same epoch: another checkpoint 2 lies outside of the database already.
    await expect(post()).rejects.toThrow(/another checkpoint 2 is anchored/);
    expect(await title.sql('SELECT number FROM checkpoints WHERE NOT anchored')).toEqual([{ number: '2' }]);
    expect((await verifyWallet(title)).misfits[0]?.fault).toBe('checkpoint-changed');

    // As the runbook says.
    await title.sql(`DELETE FROM checkpoints WHERE NOT anchored;
      UPDATE epochs SET cluster = 'restored' WHERE id = (SELECT max(id) FROM epochs)`);
    await post();
    expect(await verifyWallet(title)).toEqual({
      misfits: [],
      restores: [
        expect.stringMatching(/checkpoints 2 to 3 made before that, with 2 transactions, are not in/),
      ],
      checkpoints: 2,
      transactions: 6,
    });
  } finally {
    await title.close();
  }
});

test('a copy with a restarted transaction counter passes the verification, with erasures too', async () => {
  const title = await openWallet({ service: { logLevel: 'error' } });
  const tables = ['journal', 'changes', 'erasures'];
  const countFrom = (lift: number) =>
    title.sql(
      [
        `UPDATE epochs SET lift = ${lift}`,
        ...tables.map(
          (table) => `ALTER TABLE ${table} ALTER xact SET DEFAULT lifted(pg_current_xact_id(), ${lift})`,
        ),
      ].join(';'),
    );
  const post = async (userId: string) => {
    const body = { userId, assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
    expect((await title.call('wallet/topup', { body })).status).toBe(201);
  };
  try {
    // Where it came from, the cluster had counted further.
    await title.sql(tables.map((table) => `UPDATE ${table} SET xact = lifted(xact, 5000000)`).join(';'));
    await countFrom(5_000_000);
    await post('user_001');
    await makeCheckpoint(title);
    await title.sql('SELECT pg_current_xact_id()');
    await makeCheckpoint(title);
    await countFrom(0);
    await title.sql("UPDATE epochs SET cluster = 'copied from'; SELECT begin_epoch()");
    await post('user_001');
    await title.call('admin/erase-account', {
      path: { userId: 'user_002' },
      body: { reason: 'asked for', idempotencyKey: key(), forfeit: true },
    });
    await makeCheckpoint(title);
    await post('user_001');
    await makeCheckpoint(title);
    const { misfits, restores } = await verifyWallet(title);
    expect([misfits, restores]).toEqual([[], []]);
  } finally {
    await title.close();
  }
});

test('checkpoints that were signed before a key rotation are kept with the old key', async () => {
  const title = await openWallet({ service: { logLevel: 'error' } });
  const folder = title.config.checkpoints.anchors;
  try {
    // Folders lie where the file of the day, and of the next one, would be.
    const inTheWay = [0, 1].map((days) => {
      const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
      return path.join(folder, `${day}.ndjson`);
    });
    for (const name of inTheWay) {
      mkdirSync(name, { recursive: true });
    }
    await expect(makeCheckpoint(title)).rejects.toThrow(/EISDIR/);
    for (const name of inTheWay) {
      rmdirSync(name);
    }
    const old = await title.app.signer.publicKey();
    title.app.signer = signerOf({ file: path.join(folder, '../next.key') });
    await makeCheckpoint(title);
    expect((await verifyWallet(title)).misfits).toEqual([]);
    const publicKeys = [await title.app.signer.publicKey(), old];
    expect((await verifyWallet(title, { publicKeys })).misfits).toEqual([]);
  } finally {
    await title.close();
  }
});

test('on AWS, KMS signs, S3 keeps each object once, and the verifier and the client agree', async () => {
  const aws = await startAwsQueues();
  const before = { ...process.env };
  Object.assign(process.env, aws.environment);
  const title = await openWallet({
    service: {
      logLevel: 'error',
      checkpoints: { key: { keyId: 'alias/checkpoints' }, anchors: 's3://anchors/wallet' },
    },
  });
  try {
    await makeCheckpoint(title);
    await makeCheckpoint(title);
    expect([...aws.objects.keys()].sort()).toEqual([
      expect.stringMatching(/^wallet\/checkpoints\/\d{12}\/000000000000001.json$/),
      expect.stringMatching(/^wallet\/checkpoints\/\d{12}\/000000000000002.json$/),
      expect.stringMatching(/^wallet\/keys\/[0-9a-f]{64}\.pem$/),
    ]);
    // A run that was killed before the database heard of it keeps nothing twice.
    await title.sql('UPDATE checkpoints SET anchored = false');
    await makeCheckpoint(title);
    const publicKey = await title.app.signer.publicKey();
    const found = await verifyWallet(title, { publicKeys: [publicKey] });
    expect(found).toEqual({ misfits: [], restores: [], checkpoints: 3, transactions: 4 });
    const [{ id: transactionId }] = await title.sql("SELECT id FROM journal WHERE kind = 'TOP_UP' LIMIT 1");
    const { data } = (await title.call('proofs/get', { path: { transactionId } })).body;
    expect(await verifyProof(data, publicKey)).toMatchObject({ valid: true });
    const page = openPage({ 'proof.json': JSON.stringify(data), 'public.pem': publicKey });
    page.run('python3');
    expect(page.run('openssl dgst')).toBe('Verified OK\n');
    page.close();
    const forged = { ...data.checkpoint, signature: data.checkpoint.signature.replace(/.{8}$/, '00000000') };
    expect(await verifyProof({ ...data, checkpoint: forged }, publicKey)).toMatchObject({ valid: false });
  } finally {
    await title.close();
    process.env = before;
    aws.close();
  }
});
