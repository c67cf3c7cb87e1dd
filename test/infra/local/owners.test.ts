import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Checkout, checkOut } from '../../support/checkout';

// Each of these tests starts several processes.
jest.setTimeout(120_000);

let checkout: Checkout;
beforeEach(async () => {
  checkout = await checkOut();
});
afterEach(() => checkout.close());

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
/** Whether another user can run this Node and read this checkout: not from a root home, for one. */
const canBeOthers =
  isRoot &&
  spawnSync(process.execPath, ['-e', 'fs.readFileSync(process.argv[1])', path.resolve('package.json')], {
    ...NOBODY,
    cwd: '/',
  }).status === 0;

/** To root nothing is forbidden, so it tries as somebody else. */
async function expectOneLineOfAClosedFolder(): Promise<void> {
  await chmod(checkout.folder, 0o555);
  const { code, printed } = await checkout.run('infra/local/serve.ts', [], {}, isRoot ? NOBODY : {});
  await chmod(checkout.folder, 0o755);
  expect([code, printed]).toEqual([
    1,
    expect.stringMatching(/^the embedded database needs the folder .*\.local: EACCES.*\n$/),
  ]);
}

if (!isRoot || canBeOthers) {
  test('a folder that cannot be written to gives an error of one line', expectOneLineOfAClosedFolder);
}

if (isRoot) {
  test('root gets an error that names the folder’s owner, and nothing changes', async () => {
    const data = path.join(checkout.folder, '.local/postgres');
    await mkdir(data, { recursive: true });
    await chown(path.dirname(data), 1, 1);
    await chown(data, 1, 1);
    for (const script of ['infra/local/serve.ts', 'infra/local/reset.ts']) {
      expect([script, await checkout.run(script)]).toEqual([
        script,
        {
          code: 1,
          printed: `${checkout.folder}/.local belongs to the user daemon: start as that user, or move the folder away\n`,
        },
      ]);
    }
    expect((await stat(data)).uid).toBe(1);
    expect(existsSync(path.join(checkout.folder, 'logs'))).toBe(false);
  });
}

/** Only root can be several users; for anybody else there is nothing to test. */
if (canBeOthers) {
  const owners = async (...names: string[]) =>
    Promise.all(names.map(async (name) => (await stat(path.join(checkout.folder, name))).uid));

  test('a second user of a folder gets an error that names its owner, and nothing changes', async () => {
    await chown(checkout.folder, NOBODY.uid, NOBODY.gid);
    const user = (script: string) => checkout.run(script, [], { LOG_FOLDER: 'logs' }, NOBODY);
    expect(await user('infra/local/migrate.ts')).toMatchObject({ code: 0 });
    const daemon = spawnSync('id', ['-u', 'daemon']).stdout.toString().trim();
    const stranger = { uid: Number(daemon), gid: Number(daemon) };
    await chown(checkout.folder, stranger.uid, stranger.gid);
    const foreign = {
      code: 1,
      printed: `${checkout.folder}/.local belongs to the user nobody: start as that user, or move the folder away\n`,
    };
    const before = await owners('.local', '.local/postgres');
    for (const script of ['infra/local/serve.ts', 'infra/local/migrate.ts', 'infra/local/reset.ts']) {
      expect([script, await checkout.run(script, [], {}, stranger)]).toEqual([script, foreign]);
    }
    expect(await owners('.local', '.local/postgres')).toEqual(before);
    expect(existsSync(path.join(checkout.folder, 'logs'))).toBe(false);
  });

  test('root leaves a user’s data alone, and reuses the data of root’s own server', async () => {
    await chown(checkout.folder, 1, 1);
    expect(await checkout.run('infra/local/migrate.ts', [], {}, { uid: 1, gid: 1 })).toMatchObject({
      code: 0,
    });
    expect(await checkout.run('infra/local/serve.ts')).toEqual({
      code: 1,
      printed: `${checkout.folder}/.local belongs to the user daemon: start as that user, or move the folder away\n`,
    });
    expect(await owners('.local', '.local/postgres')).toEqual([1, 1]);
    await rm(path.join(checkout.folder, '.local'), { recursive: true });
    // As on a machine that had no user postgres when the data was made.
    await chown(checkout.folder, NOBODY.uid, NOBODY.gid);
    expect(await checkout.run('infra/local/migrate.ts', [], {}, NOBODY)).toMatchObject({ code: 0 });
    const service = await checkout.start();
    expect(service.printed()).toContain('listens on');
    await service.stop();
    expect(await owners('.local/postgres')).toEqual([NOBODY.uid]);
  });
}
