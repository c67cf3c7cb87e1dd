import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Pool, type PoolClient } from 'pg';
import { WalletError } from '../../lib/base/errors';
import { sleep } from '../../lib/base/time';
import type { AdminConnection } from '../../lib/db/migrate';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { failure, success } from '../../lib/http/replies';

/** Of a request that met another. */
const TRIES = 3;
const PAUSE_MILLIS = 100;
/** Connections. On 16 it posts 6 % more at 64 clients. */
const POOL_MAX = 50;

interface TopUp {
  userId: string;
  assetCode: string;
  amount: number;
  idempotencyKey: string;
}

export interface Textbook {
  handler: LambdaHandler;
  close(): Promise<void>;
}

/** A textbook implementation as a handler, for the same gateway. */
export async function openTextbook(connection: AdminConnection, users: string[]): Promise<Textbook> {
  const pool = new Pool({ ...connection, max: POOL_MAX });
  pool.on('error', () => undefined);
  await pool.query(await readFile(path.resolve('test/bench/textbook.sql'), 'utf8'));
  await pool.query("INSERT INTO asset_types (code) VALUES ('COIN_0')");
  await pool.query("INSERT INTO transaction_types (code, name) VALUES ('TOPUP', 'Wallet Top-up')");
  await pool.query('INSERT INTO accounts (user_id) SELECT unnest($1::text[])', [['treasury', ...users]]);
  await pool.query('INSERT INTO balance_cache (account_id, asset_type_id) SELECT id, 1 FROM accounts');
  return {
    handler: async (event, context) => {
      const request: TopUp = JSON.parse(event.body ?? '');
      for (let attempt = 1; ; attempt++) {
        const client = await pool.connect();
        try {
          const data = await postInteractively(client, request);
          return success(context.awsRequestId, 201, data, false);
        } catch {
          await client.query('ROLLBACK');
          if (attempt === TRIES) {
            return failure(context.awsRequestId, new WalletError('CONTENTION'));
          }
        } finally {
          client.release();
        }
        await sleep(PAUSE_MILLIS);
      }
    },
    close: () => pool.end(),
  };
}

/** A round trip each: it locks the accounts, then reads and writes what they guard. */
async function postInteractively(
  client: PoolClient,
  { userId, assetCode, amount, idempotencyKey }: TopUp,
): Promise<unknown> {
  const one = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows[0];
  await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
  if (await one('SELECT id FROM transactions WHERE idempotency_key = $1', [idempotencyKey])) {
    throw new Error('already posted');
  }
  const asset = await one('SELECT id FROM asset_types WHERE code = $1', [assetCode]);
  const type = await one('SELECT id FROM transaction_types WHERE code = $1', ['TOPUP']);
  const user = await one('SELECT id FROM accounts WHERE user_id = $1', [userId]);
  const treasury = await one('SELECT id FROM accounts WHERE user_id = $1', ['treasury']);
  const sorted = [user.id, treasury.id].sort();
  for (const id of sorted) {
    await client.query('SELECT id FROM accounts WHERE id = $1 FOR UPDATE NOWAIT', [id]);
  }
  const transaction = await one(
    'INSERT INTO transactions (idempotency_key, transaction_type_id, asset_type_id, amount) VALUES ($1, $2, $3, $4) RETURNING id, created_at',
    [idempotencyKey, type.id, asset.id, amount],
  );
  let newBalance: unknown;
  for (const [id, entryType, delta] of [
    [treasury.id, 'debit', -amount],
    [user.id, 'credit', amount],
  ]) {
    const cached = await one(
      'SELECT balance FROM balance_cache WHERE account_id = $1 AND asset_type_id = $2',
      [id, asset.id],
    );
    await client.query(
      `INSERT INTO ledger_entries (transaction_id, account_id, entry_type, amount, balance_after, description)
        VALUES ($1, $2, $3, $4, $5::numeric + $6, $7)`,
      [transaction.id, id, entryType, amount, cached.balance, delta, `Top-up of ${amount} ${assetCode}`],
    );
    const updated = await one(
      'UPDATE balance_cache SET balance = balance + $3 WHERE account_id = $1 AND asset_type_id = $2 RETURNING balance',
      [id, asset.id, delta],
    );
    newBalance = Number(updated.balance);
  }
  await client.query('COMMIT');
  return {
    transactionId: transaction.id,
    userId,
    assetCode,
    amount,
    newBalance,
    timestamp: transaction.created_at,
  };
}
