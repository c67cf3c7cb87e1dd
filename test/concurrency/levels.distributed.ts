import { type AdminConnection, withAdmin } from '../../lib/db/migrate';
import { PASSWORDS, testNodes } from '../support/server';
import { ISOLATION_LEVELS, openWallet } from '../support/wallet';

const levelAt = (connection: AdminConnection): Promise<string> =>
  withAdmin(
    { ...connection, user: 'wallet_app', password: PASSWORDS.wallet_app },
    async (client) => (await client.query('SHOW transaction_isolation')).rows[0].transaction_isolation,
  );

// A posting is a call that goes to the node of its home: the level there is what counts.
test.each(ISOLATION_LEVELS)('every node uses the isolation level of the service: %s', async (isolation) => {
  const wallet = await openWallet({ isolation });
  const { name } = wallet.config.database;
  const levels = await Promise.all(testNodes().map((node) => levelAt({ ...node, database: name })));
  expect(levels).toEqual(testNodes().map(() => isolation));
  await wallet.close();
});
