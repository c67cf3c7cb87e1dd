import * as fc from 'fast-check';
import { homeOf, homeOfId, idOf } from '../../lib/ledger/home';
import { openWallet, type TestWallet } from '../support/wallet';

let wallet: TestWallet;
beforeAll(async () => {
  wallet = await openWallet();
});
afterAll(() => wallet.close());

const userId = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[A-Za-z0-9_.:@-]{1,128}$/) },
  fc.stringMatching(/^erased:[0-9a-f]{16}$/),
);
const idempotencyKey = fc.stringMatching(/^[\x20-\x7e]{1,255}$/);
const leg = fc.constantFrom('', 'to', 'group');

test('the service and the database compute the same home and the same id', async () => {
  await fc.assert(
    fc.asyncProperty(userId, idempotencyKey, leg, async (user, key, name) => {
      const text = name === '' ? key : `${key}\n${name}`;
      const [row] = await wallet.sql(
        `SELECT h.home, i.id, home_of_id(i.id) AS home_of_id
         FROM home_of($1) AS h(home), LATERAL (SELECT id_of(h.home, $2) AS id) AS i`,
        [user, text],
      );
      const id = idOf(homeOf(user), key, name);
      expect(row).toEqual({ home: homeOf(user), id, home_of_id: homeOfId(id) });
      // RFC 9562: version 8, variant 10.
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{8}[0-7][0-9a-f]{3}$/);
    }),
  );
});

test('a known user and key keep their home and id, because old rows depend on them', () => {
  expect(homeOf('user_001')).toBe(11_042);
  expect(idOf(11_042, 'seed:user_001:GOLD_COIN')).toBe('450e8fce-4263-8fba-8667-3cf23b652b22');
});

test('homes are spread evenly', () => {
  const counts = new Map<number, number>();
  for (let user = 0; user < 65_536; user++) {
    const part = homeOf(`user_${user}`) >> 11;
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  expect(counts.size).toBe(16);
  // 4,096 each; five standard deviations are 310.
  expect([...counts.values()].filter((count) => Math.abs(count - 4_096) > 310)).toEqual([]);
});
