import type { AccountStatus } from '../../generated/functions';
import { homeOf } from '../ledger/home';
import type { Erasure } from '../ledger/posting';
import type { Database } from './database';
import type { Verified } from './ledger';
import { type Claimant, claim } from './postings';
import type { Call } from './retry';
import { ask, askOne } from './statements';

/** Who acts on an account or an asset, and why. */
export interface ActedBy {
  principal: string | null;
  reason?: string | undefined;
}

/** What is absent stays as it is. */
export interface AssetSettings {
  code: string;
  name: string;
  scale: number;
  transferable?: boolean | undefined;
  lots?: boolean | undefined;
  burnOrder?: string | undefined;
  refundGraceSeconds?: number | undefined;
  paidExpires?: boolean | undefined;
}

/** What operators do, and what is kept of reconciliations. */
export function administering(writer: Database) {
  return {
    recordReconciliation: async (full: boolean, found: Verified, call: Call): Promise<void> => {
      const checked = JSON.stringify(found.checked);
      const discrepancies = JSON.stringify(found.discrepancies);
      const given = { full, snapshotAt: found.snapshotAt, upto: found.upto, checked, discrepancies };
      await ask(writer.call, 'record_reconciliation', given, call);
    },

    /** Each of these answers which administrative act it recorded, if it changed anything. */
    setAccountStatus: (userId: string, status: AccountStatus, by: ActedBy, call: Call) =>
      askOne(writer.call, 'set_account_status', { home: homeOf(userId), userId, status, ...by }, call),

    putAccount: (userId: string, name: string | undefined, by: ActedBy, call: Call) =>
      askOne(writer.call, 'put_account', { home: homeOf(userId), userId, name, ...by }, call),

    eraseAccount: (erasure: Erasure, by: Claimant, call: Call) => {
      const { userId, forfeit, reason } = erasure;
      const { key, requestHash, principal } = claim(erasure, by);
      const given = { home: homeOf(userId), userId, forfeit, reason, key, requestHash, principal };
      return askOne(writer.call, 'erase_account', given, call);
    },

    putAsset: (asset: AssetSettings, by: ActedBy, call: Call) =>
      askOne(writer.call, 'put_asset', { ...asset, ...by }, call),

    /** Opens those accounts that do not exist, and leaves the others as they are. */
    openAccounts: (
      accounts: { userId: string; name?: string | undefined }[],
      principal: string | null,
      call: Call,
    ) => {
      const content = accounts.map(({ userId, name }) => ({ home: homeOf(userId), user_id: userId, name }));
      return askOne(writer.call, 'open_accounts', { accounts: JSON.stringify(content), principal }, call);
    },
  };
}
