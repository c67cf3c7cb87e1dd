import { type Verification, type Verifying, verifyLedger } from '../../lib/app/verify';
import { monotonicMillis } from '../../lib/base/time';
import { openAudit } from '../../lib/db/audit';
import { PASSWORDS } from './server';
import type { TestWallet } from './wallet';

/** Holds a wallet's ledger against its anchors, as an auditor with the reader's login. */
export async function verify(
  { app, config }: TestWallet,
  more: Partial<Verifying> = {},
): Promise<Verification> {
  const { host, port, name: database, tls } = config.database;
  const login = { user: 'wallet_reader', password: PASSWORDS.wallet_reader };
  const audit = openAudit({ host, port, database, tls, ...login });
  const call = { deadline: monotonicMillis() + 60_000, retries: [] };
  try {
    return await verifyLedger({ audit, anchors: app.anchors, now: Date.now(), ...more }, call);
  } finally {
    await audit.close();
  }
}
