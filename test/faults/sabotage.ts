/**
 * Breaks the code on purpose, one promise at a time, in a copy, and shows that the suite notices: a test that would still pass is no test.
 * Run by npm run test:faults, or with a part of a breach's name for that one alone. Ends with 1 when a breach went unnoticed.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Breach {
  name: string;
  file: string;
  from: string;
  to: string;
}

const BREACHES: Breach[] = [
  { name: 'nothing (the suite must pass)', file: 'sql/seed.sql', from: '', to: '' },
  {
    name: 'wallet_app posts in read committed transactions',
    file: 'sql/migrations/0001_roles.sql',
    from: "('wallet_app', 'default_transaction_isolation', 'serializable')",
    to: "('wallet_app', 'default_transaction_isolation', 'read committed')",
  },
  {
    name: 'the isolation level is not checked',
    file: 'sql/functions/require_serializable.sql',
    from: "<> 'serializable'",
    to: "= 'nonsense'",
  },
  {
    name: "a user's row is waited for, not refused when it is busy",
    file: 'sql/functions/post_transaction.sql',
    from: 'FOR NO KEY UPDATE NOWAIT;\n    EXIT',
    to: 'FOR NO KEY UPDATE;\n    EXIT',
  },
  {
    name: "a user's row is not locked before it is moved",
    file: 'sql/functions/post_transaction.sql',
    from: 'FOR NO KEY UPDATE NOWAIT;\n    EXIT',
    to: ';\n    EXIT',
  },
  {
    name: 'the key is not claimed',
    file: 'sql/functions/post_transaction.sql',
    from: '(idempotency_key) DO NOTHING;\n  IF NOT FOUND THEN',
    to: '(idempotency_key) DO NOTHING;\n  IF false THEN',
  },
  {
    name: 'a used key is not held against its request',
    file: 'sql/functions/replay_transaction.sql',
    from: 'AND j.request_hash = p_request_hash',
    to: '',
  },
  {
    name: 'the available balance is not checked',
    file: 'sql/functions/post_transaction.sql',
    from: '(d.stripe > 0 OR d.balance - p_amount >= d.held)',
    to: 'true',
  },
  {
    name: 'the cache is not moved with the entries',
    file: 'sql/functions/post_transaction.sql',
    from: 'v_debit_row THEN debit_balance',
    to: 'v_debit_row THEN b.balance',
  },
  {
    name: 'one side is not rounded to the asset',
    file: 'sql/functions/post_transaction.sql',
    from: 'scale(p_amount) <= d.scale',
    to: 'true',
  },
  {
    name: 'all sessions share one stripe',
    file: 'sql/functions/own_stripe.sql',
    from: "RETURN set_config('wallet.stripe', v_stripe::text, false)",
    to: 'RETURN 1',
  },
  {
    name: "a user's times follow a clock that goes back",
    file: 'sql/functions/post_transaction.sql',
    from: "greatest(clock_timestamp(), d.last_entry_at + interval '1 microsecond', c.last_entry_at + interval '1 microsecond')",
    to: 'clock_timestamp()',
  },
  {
    name: 'wallet_app may write entries',
    file: 'sql/migrations/0003_journal.sql',
    from: 'DROP VIEW',
    to: 'GRANT INSERT ON journal TO wallet_app;\nDROP VIEW',
  },
  {
    name: 'refunds of a purchase are not added up',
    file: 'sql/functions/settle_related.sql',
    from: 'p_amount + coalesce(v_others, 0) > v_original.amount',
    to: 'p_amount > v_original.amount',
  },
  {
    name: 'a hold past its time still reserves',
    file: 'sql/functions/read_balances.sql',
    from: 'AND h.expires_at > clock_timestamp()',
    to: '',
  },
  {
    name: 'a captured hold goes on reserving',
    file: 'sql/functions/settle_related.sql',
    from: 'RETURN v_hold.amount;',
    to: 'RETURN 0;',
  },
  {
    name: 'a batch looks at each element as if it were the first',
    file: 'sql/functions/compute_batch.sql',
    from: 'b.balance + sum(side.delta) OVER steps',
    to: 'b.balance + side.delta',
  },
  {
    name: 'a batch reads all balances of the treasury',
    file: 'sql/functions/compute_batch.sql',
    from: '\n          OFFSET 0',
    to: '',
  },
  {
    name: 'a new status does not reach the balances',
    file: 'sql/migrations/0007_balance_names.sql',
    from: 'SET status = NEW.status',
    to: 'SET status = b.status',
  },
  {
    name: 'the two sides of an exchange do not belong together',
    file: 'sql/functions/exchange_assets.sql',
    from: 'p_principal, p_group_id);\n  EXCEPTION',
    to: 'p_principal);\n  EXCEPTION',
  },
  {
    name: 'a page reads the whole history',
    file: 'sql/functions/read_history.sql',
    from: 'LIMIT p_offset + p_limit) e',
    to: ') e',
  },
  {
    name: 'a token made for somebody else is taken',
    file: 'lib/http/authorizer.ts',
    from: 'audiences.includes(name)',
    to: 'true',
  },
  {
    name: 'any token may call everything',
    file: 'lib/http/caller.ts',
    from: '!SCOPES[wanted].some((scope) => scopes.includes(scope))',
    to: 'false',
  },
  {
    name: 'who spends may mint in a batch',
    file: 'functions/wallet/batch.ts',
    from: 'requireScope(',
    to: 'void (',
  },
  {
    name: 'a frozen user spends through a batch',
    file: 'sql/functions/compute_batch.sql',
    from: "p.debit_status = 'frozen'",
    to: 'false',
  },
  {
    name: 'a closed user spends through a batch',
    file: 'sql/functions/compute_batch.sql',
    from: "p.debit_status = 'closed' OR",
    to: '',
  },
  {
    name: 'a closed user is paid through a batch',
    file: 'sql/functions/compute_batch.sql',
    from: "OR p.credit_status = 'closed'",
    to: '',
  },
  {
    name: 'a batch moves what cannot be transferred',
    file: 'sql/functions/compute_batch.sql',
    from: 'NOT p.transferable',
    to: 'false',
  },
  {
    name: 'a closed account thaws by being frozen',
    file: 'sql/functions/set_account_status.sql',
    from: "v_before = 'closed' AND status <> 'active'",
    to: 'false',
  },
  {
    name: 'who froze an account is not kept',
    file: 'sql/functions/set_account_status.sql',
    from: 'PERFORM public.record_act(',
    to: 'PERFORM concat(',
  },
  {
    name: 'a name that is given twice counts once',
    file: 'lib/base/json.ts',
    from: 'level.names.has(name)',
    to: 'false',
  },
  {
    name: 'an incremental reconciliation believes the clock of the service',
    file: 'sql/functions/verify_ledger.sql',
    from: ' OR b.last_entry_at >= p_since',
    to: '',
  },
  {
    name: 'a login whose password works is given another one at each deployment',
    file: 'lib/db/migrate.ts',
    from: 'await withAdmin({ ...connection, user, password }, async () => undefined);',
    to: 'await setPasswords(connection, { [user]: password });',
  },
  {
    name: 'contention is not retried',
    file: 'lib/db/retry.ts',
    from: 'tries.contention < limits.attempts',
    to: 'tries.contention < 1',
  },
  {
    name: 'a failed query throws its connection away',
    file: 'lib/db/database.ts',
    from: 'broken = !readFailure(error).sessionUsable',
    to: 'broken = true',
  },
];

async function main(): Promise<void> {
  let unnoticed = 0;
  for (const breach of BREACHES.filter(({ name }) => name.includes(process.argv[2] ?? ''))) {
    const failures = await suiteWith(breach);
    const asWanted = (breach.from === '') === (failures.length === 0);
    unnoticed += asWanted ? 0 : 1;
    process.stdout.write(
      `${asWanted ? 'ok      ' : 'UNNOTICED'} ${breach.name}: ${failures.length} tests fail${failures[0] === undefined ? '' : `, first "${failures[0]}"`}\n`,
    );
  }
  process.exitCode = unnoticed === 0 ? 0 : 1;
}

/** The names of the tests that fail on a copy with the breach in it. */
async function suiteWith({ file, from, to }: Breach): Promise<string[]> {
  const copy = await mkdtemp(path.join(tmpdir(), 'game-wallet-sabotage-'));
  for (const name of [
    'functions',
    'infra',
    'lib',
    'sql',
    'test',
    'package.json',
    'tsconfig.json',
    'jest.config.mjs',
    'README.md',
    '.env.example',
  ]) {
    await cp(name, path.join(copy, name), { recursive: true });
  }
  await symlink(path.resolve('node_modules'), path.join(copy, 'node_modules'));
  const text = await readFile(path.join(copy, file), 'utf8');
  if (!text.includes(from)) {
    throw new Error(`${file} no longer contains "${from}": the breach must follow the code`);
  }
  await writeFile(path.join(copy, file), text.replace(from, to));
  const report = path.join(copy, 'report.json');
  // The drift of schema.sql would notice most of these, without saying what broke.
  const args = [
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${report}`,
    '--testPathIgnorePatterns',
    'test/faults',
    'test/infra',
    'test/fuzz',
    'test/house',
    'test/sql/schema',
  ];
  spawnSync(process.execPath, args, { cwd: copy, stdio: 'ignore' });
  const results: { testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[] } = JSON.parse(
    await readFile(report, 'utf8'),
  );
  await rm(copy, { recursive: true });
  return results.testResults.flatMap(({ message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return failed.length === 0 && message !== '' ? [message.split('\n')[0] ?? ''] : failed;
  });
}

await main();
