import { discrepancies } from '../support/reconcile';
import { key, openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

describe('accounts', () => {
  const put = (userId: string, body?: object) => wallet.call('admin/put-account', { path: { userId }, body });
  const become = (userId: string, status: unknown) =>
    wallet.call('admin/set-account-status', { path: { userId }, body: { status } });
  const move = (kind: 'topup' | 'purchase', userId: string) =>
    wallet.call(`wallet/${kind}`, {
      body: { userId, assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() },
    });

  test('a frozen account takes only credits, a closed one nothing; activation restores both', async () => {
    await put('life');
    await move('topup', 'life');
    expect((await become('life', 'frozen')).body.data).toMatchObject({ userId: 'life', status: 'frozen' });
    expect([(await move('topup', 'life')).status, (await move('purchase', 'life')).body.error.code]).toEqual([
      201,
      'ACCOUNT_FROZEN',
    ]);
    await become('life', 'active');
    expect((await become('life', 'closed')).body.error.code).toBe('ACCOUNT_NOT_EMPTY');
    await move('purchase', 'life');
    await move('purchase', 'life');
    expect((await become('life', 'closed')).status).toBe(200);
    expect([
      (await move('topup', 'life')).body.error.code,
      (await move('purchase', 'life')).body.error.code,
    ]).toEqual(['ACCOUNT_CLOSED', 'ACCOUNT_CLOSED']);
    await become('life', 'active');
    expect((await move('topup', 'life')).status).toBe(201);
  });

  test('an unknown user and an unknown status are refused, each with its own error', async () => {
    expect((await become('nobody', 'frozen')).body.error.code).toBe('USER_NOT_FOUND');
    expect((await become('amy', 'asleep')).body.error.details).toEqual([
      { path: 'status', message: 'must be active, frozen or closed' },
    ]);
  });

  test('a closed account can only become active; closing it again changes nothing', async () => {
    await put('shut');
    await become('shut', 'closed');
    expect((await become('shut', 'closed')).body.data.status).toBe('closed');
    expect((await become('shut', 'frozen')).body.error.code).toBe('ACCOUNT_CLOSED');
    expect((await move('topup', 'shut')).body.error.code).toBe('ACCOUNT_CLOSED');
    expect((await become('shut', 'active')).status).toBe(200);
  });

  test('when a close and a credit come at once, only one of the two succeeds', async () => {
    for (let round = 0; round < 8; round++) {
      const userId = `race_${round}`;
      await put(userId);
      const [closed, credited] = await Promise.all([become(userId, 'closed'), move('topup', userId)]);
      expect([closed.status === 200, credited.status === 201]).toEqual([
        credited.status !== 201,
        closed.status !== 200,
      ]);
    }
  });

  test('the first PUT creates the account, and a later one changes only a given name', async () => {
    const created = await put('amy', { name: 'Amy' });
    expect(created.status).toBe(201);
    expect(created.body.data).toEqual({
      userId: 'amy',
      name: 'Amy',
      status: 'active',
      createdAt: expect.stringMatching(/Z$/),
    });
    const found = await put('amy');
    expect(found.status).toBe(200);
    expect(found.body.data).toEqual(created.body.data);
    expect((await put('amy', { name: 'Amelia' })).body.data.name).toBe('Amelia');
    expect((await wallet.call('admin/get-account', { path: { userId: 'amy' } })).body.data).toEqual({
      ...created.body.data,
      name: 'Amelia',
    });
  });

  test('every character that a userId may have works in a path', async () => {
    const userId = 'A.z_0:9@-x';
    expect((await put(userId)).body.data.userId).toBe(userId);
    expect((await wallet.call('wallet/balance', { path: { userId } })).body.data).toEqual({
      userId,
      balances: [],
    });
  });

  test('a concurrent create of the same user makes one account', async () => {
    const replies = await Promise.all(Array.from({ length: 32 }, () => put('twin')));
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(31);
    expect(await wallet.sql("SELECT count(*)::int FROM accounts WHERE handle = 'twin'")).toEqual([
      { count: 1 },
    ]);
  });
});

describe('assets', () => {
  const put = (assetCode: string, body: object) =>
    wallet.call('admin/put-asset', { path: { assetCode }, body });

  test('a new asset can be posted at once', async () => {
    const created = await put('RUBY', { name: 'Rubies', scale: 3 });
    expect(created.status).toBe(201);
    expect(created.body.data).toEqual({ assetCode: 'RUBY', name: 'Rubies', scale: 3, transferable: false });
    const body = { userId: 'user_001', assetCode: 'RUBY', amount: 0.001, idempotencyKey: key() };
    expect((await wallet.call('wallet/topup', { body })).body.data.newBalance).toBe(0.001);
  });

  test('a second PUT changes name and transferability, and can be repeated safely', async () => {
    await put('AGATE', { name: 'Agates', scale: 3 });
    const changed = await put('AGATE', { name: 'Red stones', scale: 3, transferable: true });
    expect([changed.status, changed.body.data]).toEqual([
      200,
      { assetCode: 'AGATE', name: 'Red stones', scale: 3, transferable: true },
    ]);
    expect((await put('AGATE', { name: 'Red stones', scale: 3, transferable: true })).body).toEqual(
      changed.body,
    );
  });

  test('a PUT without transferable leaves it as it is', async () => {
    await put('BERYL', { name: 'Beryls', scale: 3, transferable: true });
    expect((await put('BERYL', { name: 'Emeralds', scale: 3 })).body.data).toMatchObject({
      name: 'Emeralds',
      transferable: true,
    });
  });

  test('the list has every asset in the order of creation', async () => {
    const codes = async () =>
      (await wallet.call('admin/list-assets')).body.data.assets.map(
        ({ assetCode }: { assetCode: string }) => assetCode,
      );
    const before = await codes();
    expect(before.slice(0, 3)).toEqual(['GOLD_COIN', 'DIAMOND', 'LOYALTY_POINT']);
    await put('ZIRCON', { name: 'Zircons', scale: 2 });
    await put('AMBER', { name: 'Ambers', scale: 2 });
    expect(await codes()).toEqual([...before, 'ZIRCON', 'AMBER']);
  });

  test('a concurrent create of the same asset makes one asset', async () => {
    const replies = await Promise.all(
      Array.from({ length: 16 }, () => put('OPAL', { name: 'Opals', scale: 2 })),
    );
    expect(replies.map((reply) => reply.status).sort()).toEqual([...Array(15).fill(200), 201]);
    expect(await discrepancies(wallet)).toEqual({});
  });
});

describe('administrative acts', () => {
  const act = (id: 'admin/put-account' | 'admin/set-account-status', body: object, userId = 'watched') =>
    wallet.call(id, { path: { userId }, body, scopes: 'wallet:admin' });
  const acts = async (userId: string, query: Record<string, string> = {}) =>
    (await wallet.call('admin/list-acts', { path: { userId }, query })).body.data;
  const common = { principal: 'tester', reason: null, timestamp: expect.stringMatching(/Z$/) };
  const opened = { ...common, act: 'OPENED', before: null, after: { name: null } };
  const renamed = {
    ...common,
    act: 'RENAMED',
    reason: 'asked to',
    before: { name: null },
    after: { name: 'Ann' },
  };
  const frozen = {
    ...common,
    act: 'STATUS_CHANGED',
    reason: 'chargeback',
    before: { status: 'active' },
    after: { status: 'frozen' },
  };

  test('each change of an account is recorded with its author, reason, before and after', async () => {
    wallet.lines.length = 0;
    await act('admin/put-account', {});
    await act('admin/put-account', { name: 'Ann', reason: 'asked to' });
    await act('admin/put-account', { name: 'Ann', reason: 'asked again' });
    await act('admin/put-account', {});
    await act('admin/set-account-status', { status: 'frozen', reason: 'chargeback' });
    await act('admin/set-account-status', { status: 'frozen', reason: 'once more' });
    expect(await acts('watched')).toEqual({
      userId: 'watched',
      acts: [frozen, renamed, opened],
      nextCursor: null,
    });
    const logged = wallet.lines
      .map((line) => JSON.parse(line))
      .filter(({ message }) => message === 'administrative act');
    expect(logged).toEqual(
      ['OPENED', 'RENAMED', 'STATUS_CHANGED'].map((name) =>
        expect.objectContaining({ level: 'INFO', act: name, principal: 'tester', userId: 'watched' }),
      ),
    );
    expect(JSON.stringify(logged)).not.toMatch(/Ann|chargeback/);
  });

  test('acts are read page by page', async () => {
    await act('admin/put-account', {}, 'paged');
    await act('admin/put-account', { name: 'Ann', reason: 'asked to' }, 'paged');
    await act('admin/set-account-status', { status: 'frozen', reason: 'chargeback' }, 'paged');
    const first = await acts('paged', { limit: '2' });
    expect(first.acts).toEqual([frozen, renamed]);
    const second = await acts('paged', { limit: '2', cursor: first.nextCursor });
    expect(second).toEqual({ userId: 'paged', acts: [opened], nextCursor: null });
    const nonsense = await wallet.call('admin/list-acts', {
      path: { userId: 'paged' },
      query: { cursor: 'nonsense' },
    });
    expect(nonsense.body.error.details).toEqual([
      { path: 'cursor', message: 'must be a nextCursor of an earlier page' },
    ]);
  });

  test('a refused change records no act', async () => {
    await act('admin/put-account', {}, 'rich');
    const body = { userId: 'rich', assetCode: 'GOLD_COIN', amount: 1, idempotencyKey: key() };
    await wallet.call('wallet/topup', { body });
    expect((await act('admin/set-account-status', { status: 'closed' }, 'rich')).body.error.code).toBe(
      'ACCOUNT_NOT_EMPTY',
    );
    const reason = 'x'.repeat(501);
    expect((await act('admin/set-account-status', { status: 'frozen', reason }, 'rich')).status).toBe(400);
    expect((await acts('rich')).acts).toEqual([opened]);
    expect((await wallet.call('admin/list-acts', { path: { userId: 'nobody' } })).body.error.code).toBe(
      'USER_NOT_FOUND',
    );
  });

  test('changes of an asset are recorded as well', async () => {
    const put = (body: object) =>
      wallet.call('admin/put-asset', {
        path: { assetCode: 'JADE' },
        body: { scale: 2, ...body },
        scopes: 'wallet:admin',
      });
    await put({ name: 'Jade', reason: 'season 4' });
    await put({ name: 'Jade', transferable: true, reason: 'trading opens' });
    await put({ name: 'Jade' });
    const rows = await wallet.sql(`
      SELECT t.act, t.principal, t.reason, t.before, t.after FROM administrative_acts t
      JOIN asset_types s ON s.id = t.asset_type_id AND s.code = 'JADE' ORDER BY t.id`);
    const jade = { assetCode: 'JADE', name: 'Jade', scale: 2, transferable: false };
    expect(rows).toEqual([
      {
        act: 'CREATED',
        principal: 'tester',
        reason: 'season 4',
        before: null,
        after: jade,
      },
      {
        act: 'CHANGED',
        principal: 'tester',
        reason: 'trading opens',
        before: jade,
        after: { ...jade, transferable: true },
      },
    ]);
  });
});
