import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { localSettings } from '../../../infra/local/settings';

test('an unknown name in .env is a mistake only if it begins like one of our settings', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'game-wallet-settings-'));
  const file = path.join(folder, '.env');
  await writeFile(file, 'COMPOSE_PROJECT_NAME=wallet\nNODE_ENV=production\nDB_NAME=chess\n');
  expect(localSettings(file)).toMatchObject({ DB_NAME: 'chess' });
  for (const name of ['DB_HOTS', 'JWT_ISUER', 'LISTEN_HOTS', 'LOG_LEVLE', 'RATE_LIMIT']) {
    await writeFile(file, `COMPOSE_PROJECT_NAME=wallet\n${name}=x\n`);
    expect(() => localSettings(file)).toThrow(`${name} is not a setting of this service (see .env.example)`);
  }
  await rm(folder, { recursive: true });
});
