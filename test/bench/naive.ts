import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Pool, type PoolClient } from 'pg';
import { WalletError } from '../../lib/base/errors';
import { sleep } from '../../lib/base/time';
import type { AdminConnection } from '../../lib/db/migrate';
import type { LambdaHandler } from '../../lib/http/endpoint';
import { failure, success } from '../../lib/http/replies';

/** The seed retries three times, 100 ms apart. */
const TRIES = 3;
const PAUSE_MILLIS = 100;

interface TopUp {
  userId: string;
  assetCode: string;
  amount: number;
  idempotencyKey: string;
}

export interface Naive {
  handler: LambdaHandler;
  close(): Promise<void>;
}

/** The seed's own design as a handler, for the same gateway and a pool of the same size. */
export async function openNaive(connection: AdminConnection, users: string[], poolMax: number): Promise<Naive> {
  const pool = new Pool({ ...connection, max: poolMax });
  pool.on('error', () => undefined);
  await pool.query(await readFile(path.resolve('test/bench/naive.sql'), 'utf8'));
  await pool.query("INSERT INTO asset_types (code) VALUES ('GOLD_COIN')");
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

async function postInteractively(client: PoolClient, request: TopUp): Promise<unknown> {
  await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
  const seen = await client.query('SELECT id FROM transactions WHERE idempotency_key = $1', [request.idempotencyKey]);
  if (seen.rowCount !== 0) {
    throw new Error('already posted');
  }
  const accounts = await client.query('SELECT id, user_id FROM accounts WHERE user_id IN ($1, $2) ORDER BY id', ['treasury', request.userId]);
  for (const { id } of accounts.rows) {
    await client.query('SELECT balance FROM balance_cache WHERE account_id = $1 AND asset_type_id = 1 FOR UPDATE NOWAIT', [id]);
  }
  const { rows } = await client.query('INSERT INTO transactions (idempotency_key, asset_type_id, amount) VALUES ($1, 1, $2) RETURNING id, created_at', [
    request.idempotencyKey,
    request.amount,
  ]);
  const { id: transactionId, created_at } = rows[0];
  let newBalance: unknown;
  for (const { id, user_id } of accounts.rows) {
    const debit = user_id === 'treasury';
    const moved = await client.query(
      'UPDATE balance_cache SET balance = balance + $2 WHERE account_id = $1 AND asset_type_id = 1 RETURNING balance',
      [id, debit ? -request.amount : request.amount],
    );
    newBalance = moved.rows[0].balance;
    await client.query(
      'INSERT INTO ledger_entries (transaction_id, account_id, entry_type, amount, balance_after) VALUES ($1, $2, $3, $4, $5)',
      [transactionId, id, debit ? 'debit' : 'credit', request.amount, newBalance],
    );
  }
  await client.query('COMMIT');
  return { transactionId, newBalance, timestamp: created_at, ...request };
}
