import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { monotonicMillis, sleep } from '../../lib/base/time';
import { readFailure } from '../../lib/db/failures';
import { joinUsers, type Share } from '../../lib/db/ownership';
import { type Installation, install } from './installation';
import { type Admin, adminOf, initialise, isRunning, start, startOnce, stop } from './pg-ctl';

/** Milliseconds within which a small database has recovered from a crash, or a hanging one is given up. */
const RECOVERY_PATIENCE_MILLIS = 10_000;
/** Milliseconds between tries to join a server that another process starts, stops or restarts. */
const JOIN_PAUSE_MILLIS = 100;
/**
 * Failed restarts in a row until somebody is told: the first ones may still meet processes of the crashed
 * server.
 */
const RESTARTS_UNTIL_TOLD = 10;

export interface EmbeddedOptions {
  /** The next free one is taken when it is not free; absent: any. */
  port?: number;
  /**
   * Given, a server that crashed is started again, on its port, and this is called; with an error when that
   * fails again and again.
   */
  onRestart?: (failure?: Error) => void;
  /** Variables of the server's processes. */
  environment?: Record<string, string>;
}

export interface EmbeddedPostgres {
  admin: Admin;
  /** Where its data are. */
  folder: string;
  /** Stops the server, unless another process still uses it. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that npm installed, with its data below `folder`, or joins the one that runs there:
 * also one that a killed process left behind. Throws with the server's own words when it does not start.
 */
export async function startPostgres(
  folder: string,
  flags: string[] = [],
  { port, onRestart, environment }: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const installation = await install(folder, environment);
  const watch = onRestart && openWatch(installation, flags, onRestart);
  const { admin, share } = await startAndJoin(installation, flags, port, watch?.onLost);
  return {
    admin,
    folder: installation.folder,
    async stop() {
      await watch?.end();
      await leave(installation, share);
    },
  };
}

/** Stops the server when nobody else uses it, and says so. One that recovers from a crash is waited for. */
async function leave(installation: Installation, share: Share): Promise<boolean> {
  const deadline = monotonicMillis() + RECOVERY_PATIENCE_MILLIS;
  while (!share.isHeld() && monotonicMillis() < deadline && (await isRunning(installation))) {
    await sleep(JOIN_PAUSE_MILLIS);
  }
  return share.leave(() => stop(installation));
}

type OnLost = (admin: Admin) => Promise<void>;

/**
 * Other processes may start, stop or restart the same server meanwhile, or it recovers: then this tries
 * again.
 */
async function startAndJoin(
  installation: Installation,
  flags: string[],
  port?: number,
  onLost?: OnLost,
): Promise<{ admin: Admin; share: Share }> {
  const deadline = monotonicMillis() + RECOVERY_PATIENCE_MILLIS;
  for (;;) {
    if (!existsSync(installation.dataFolder)) {
      await initialise(installation);
    }
    if (!(await isRunning(installation))) {
      await start(installation, flags, port);
    }
    try {
      return await join(installation, onLost);
    } catch (error) {
      if (readFailure(error).remedy !== 'connection' || monotonicMillis() >= deadline) {
        const { message } = error as Error;
        throw new Error(`the database in ${installation.folder} does not answer: ${message}`, {
          cause: error,
        });
      }
      await sleep(JOIN_PAUSE_MILLIS);
    }
  }
}

async function join(installation: Installation, onLost?: OnLost): Promise<{ admin: Admin; share: Share }> {
  const admin = await adminOf(installation);
  const share = await joinUsers(admin, installation.dataFolder, onLost && (() => onLost(admin)));
  return { admin, share };
}

/**
 * Starts a server that has stopped by itself again, until the watch ends. One that is still ending is met
 * again.
 */
function openWatch(installation: Installation, flags: string[], onRestart: (failure?: Error) => void) {
  let ended = false;
  let restarting: Promise<void> = Promise.resolve();
  let failures = 0;
  const restart = async ({ port }: Admin): Promise<void> => {
    if (ended || !existsSync(installation.dataFolder) || (await isRunning(installation))) {
      return;
    }
    try {
      await startOnce(installation, flags, port);
      failures = 0;
      onRestart();
    } catch (error) {
      failures += 1;
      if (failures === RESTARTS_UNTIL_TOLD && !(await isRunning(installation))) {
        onRestart(error as Error);
      }
    }
  };
  return {
    onLost(admin: Admin): Promise<void> {
      restarting = restart(admin);
      return restarting;
    },
    /** Nothing is started afterwards. */
    end(): Promise<void> {
      ended = true;
      return restarting;
    },
  };
}

/** Deletes the data below `folder`. Throws when a process that runs still uses it. */
export async function deletePostgres(folder: string): Promise<void> {
  const installation = await install(folder);
  if (await isRunning(installation)) {
    const { share } = await startAndJoin(installation, []);
    if (!(await leave(installation, share))) {
      throw new Error('the database is in use: stop the running service first');
    }
  }
  await rm(installation.dataFolder, { recursive: true, force: true });
}
