import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { HistoryQuery, TransactionReply, WalletClient } from '../client/src/index.ts';
import { EXIT, exitCodeOf, explain, explainAsJson, StoppedError, UsageError } from './exit';
import { printEvents } from './follow';
import { type ImportReport, importPlayers } from './import';
import { connect } from './service';
import { pick, type Row, show } from './table';

interface Shared {
  url?: string;
  token?: string;
  json?: boolean;
}

/** Also of arguments that nobody can read. */
const isJson = process.argv.includes('--json');

const program = new Command('wallet')
  .description('Asks and tells a wallet service. Its address is WALLET_URL, its token WALLET_TOKEN.')
  .option('--url <url>', 'the address of the service, http://localhost:3000 unless told')
  .option('--token <token>', 'an access token, where the service asks for one')
  .option('--json', 'the reply as JSON, for scripts')
  .addHelpText(
    'after',
    '\nEnds with 0 when done, 1 refused, 2 written wrongly, 3 not found, 4 forbidden, 5 try again, ' +
      '130 stopped by Ctrl-C.',
  )
  .configureOutput({ outputError: (text, write) => (isJson ? undefined : write(text)) })
  .exitOverride();

/** One command: what the service is asked, and how its reply becomes the rows of a table. */
function command<Reply>(
  text: string,
  description: string,
  run: (client: WalletClient, args: string[], options: Record<string, string>) => Promise<Reply>,
  rows: (reply: Reply) => Row[],
): Command {
  return program
    .command(text)
    .description(description)
    .action(async (...given) => {
      const self = given.at(-1) as Command;
      const shared = program.opts<Shared>();
      const nothing = self.args.find((name) => ['', '.', '..'].includes(name.trim()));
      if (nothing !== undefined) {
        throw new UsageError(`"${nothing}" names nothing`);
      }
      const reply = await run(connect(shared), self.args, self.opts());
      show(reply, rows(reply), shared.json);
    });
}

/** Another transaction, in a line. */
function line({ id, type, amount, assetCode }: TransactionReply): string {
  return `${id} ${type} ${amount} ${assetCode}`;
}

/** The value of an option that may not be empty. */
function text(value: string): string {
  if (value.trim() === '') {
    throw new InvalidArgumentError('It must not be empty.');
  }
  return value;
}

/** Of an option that counts. */
function whole(value: string): string {
  if (!/^[1-9][0-9]{0,8}$/.test(value)) {
    throw new InvalidArgumentError('It must be a whole number above zero.');
  }
  return value;
}

command(
  'balance <userId>',
  "a player's balances, with their lots",
  async (client, [userId = '']) => ({
    ...(await client.balance(userId)),
    ...(await client.lots(userId)),
  }),
  ({ balances, lots }) => [
    ...balances.map(pick('assetCode', 'balance', 'held', 'available', 'paid', 'free', 'nextExpiry')),
    ...lots.map(pick('assetCode', 'lotId', 'origin', 'source', 'expiresAt', 'amount', 'held')),
  ],
);

command(
  'history <userId>',
  "a player's last transactions, newest first",
  async (client, [userId = ''], { asset, limit = '50', all, type, from, to }) => {
    const query = {
      ...(asset && { assetCode: asset }),
      ...(type && { type: type as NonNullable<HistoryQuery['type']> }),
      ...(from && { from }),
      ...(to && { to }),
    };
    if (!all) {
      return client.history(userId, { ...query, limit: Number(limit) });
    }
    const transactions: Awaited<ReturnType<typeof client.history>>['transactions'] = [];
    for await (const row of client.history(userId, { ...query, limit: 200 })) {
      transactions.push(row);
    }
    return { transactions };
  },
  ({ transactions }) =>
    transactions.map(
      pick(
        'timestamp',
        'id',
        'typeCode',
        'assetCode',
        'entryType',
        'amount',
        'runningBalance',
        'description',
      ),
    ),
)
  .option('--asset <code>', 'of this asset alone')
  .option('--type <type>', 'of this type alone, such as PURCHASE')
  .option('--from <time>', 'from this time on, such as 2024-02-01T00:00:00Z')
  .option('--to <time>', 'until this time')
  .option('--limit <rows>', 'at most so many, 50 unless told and 200 at most', whole)
  .option('--all', 'all of them, page by page');

command(
  'explain <transactionId>',
  'a transaction: both its sides, who sent it, what it is about, and what posted with it',
  async (client, [transactionId = '']) => {
    const transaction = await client.ledger.getTransaction(transactionId);
    const related = transaction.relatedId
      ? await client.ledger
          .getTransaction(transaction.relatedId)
          .catch(() => client.holds.get(transaction.relatedId ?? ''))
      : null;
    const group = transaction.groupId ? (await client.groups.get(transaction.groupId)).transactions : [];
    return { transaction, related, group };
  },
  ({ transaction, related, group }) => {
    const told = pick(
      'type',
      'amount',
      'assetCode',
      'timestamp',
      'principal',
      'idempotencyKey',
      'metadata',
      'lots',
      'spent',
      'unspent',
    );
    const others = group.filter(({ id }) => id !== transaction.id);
    return [
      ...Object.entries(told(transaction)).map(([field, value]) => ({ field, value })),
      // The balance of a system account would be that of one of its slices alone.
      ...transaction.entries.map(({ entryType, account, accountType, runningBalance }) => ({
        field: entryType,
        value: accountType === 'user' ? `${account}, ${runningBalance} afterwards` : account,
      })),
      ...(related === null
        ? []
        : [{ field: 'about', value: 'entries' in related ? line(related) : related }]),
      ...others.map((other) => ({ field: 'with it', value: line(other) })),
    ].filter(({ value }) => value !== undefined && value !== null);
  },
);

command(
  'grant <userId> <asset> <amount>',
  'give a player free credits',
  async (client, [userId = '', assetCode = '', amount = ''], { reason = '', key, expiresIn, dryRun }) => {
    const { data, replayed } = await client
      .bonus({
        userId,
        assetCode,
        amount,
        metadata: { reason },
        ...(key && { idempotencyKey: key }),
        ...(expiresIn && { expiresInSeconds: Number(expiresIn) }),
        ...(dryRun && { dryRun: true }),
      })
      .withResponse();
    return { ...data, replayed };
  },
  (reply) => [
    pick('transactionId', 'userId', 'assetCode', 'amount', 'newBalance', 'replayed', 'dryRun')(reply),
  ],
)
  .requiredOption('--reason <text>', 'why, for the history (required)', text)
  .option('--key <key>', 'the idempotency key; sent again with it, it is given once')
  .option('--expires-in <seconds>', 'of an asset with lots: when the credits expire', whole)
  .option('--dry-run', 'decides everything and gives nothing');

for (const [name, status] of [
  ['freeze', 'frozen'],
  ['unfreeze', 'active'],
] as const) {
  command(
    `${name} <userId>`,
    `make an account ${status}`,
    (client, [userId = ''], { reason = '' }) => client.accounts.setStatus(userId, { status, reason }),
    (reply) => [pick('userId', 'name', 'status')(reply)],
  ).requiredOption('--reason <text>', 'why, for the record (required)', text);
}

command(
  'statement',
  'what players had at two times, and what moved it between',
  (client, _, { from = '', to = '', asset, groupBy = 'kind' }) =>
    client.reports.statement({
      from,
      to,
      groupBy: groupBy as 'kind',
      ...(asset && { assetCode: asset }),
    }),
  ({ assets }) =>
    assets.flatMap(({ assetCode, opening, closing, movements }) => [
      { assetCode, item: 'opening', amount: opening },
      ...movements.map((moved) => {
        const { count, amount, ...of } = moved;
        return { assetCode, item: Object.values(of).filter(Boolean).join(' '), count, amount };
      }),
      { assetCode, item: 'closing', amount: closing },
    ]),
)
  .requiredOption('--from <time>', 'when the period begins, such as 2024-02-01T00:00:00Z (required)')
  .requiredOption('--to <time>', 'when it ends (required)')
  .option('--asset <code>', 'of this asset alone')
  .option('--group-by <what>', 'kind, day or source');

program
  .command('events')
  .description('what was committed, a line of JSON for each event')
  .option('--after <cursor>', 'those after this one alone')
  .option('--type <type>', 'of this type alone')
  .option('--follow', 'goes on with what comes, until Ctrl-C')
  .action(async ({ after, type, follow = false }) => {
    const asked = { ...(after && { after }), ...(type && { type }) };
    await printEvents(connect(program.opts<Shared>()), { ...asked, follow });
  });

program
  .command('import <file>')
  .description('open accounts and post opening balances from a CSV file; safe to run twice')
  .option('--dry-run', 'decides every row and does nothing')
  .action(async (file, { dryRun = false }) => {
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort(new StoppedError('stopped')));
    const onStop = (done: number) => {
      if (!dryRun && !isJson && done > 0) {
        process.stderr.write(`${grouped(done)} rows are done; run it again, and it goes on from there\n`);
      }
    };
    const client = connect(program.opts<Shared>());
    const report = await importPlayers({ client, file, dryRun, signal: stop.signal, onStop });
    process.stdout.write(isJson ? `${JSON.stringify({ ...report, dryRun })}\n` : toldOf(report, dryRun));
    process.exitCode = report.refused === 0 ? EXIT.done : EXIT.refused;
  });

function toldOf({ rows, imported, there, refused, errors }: ImportReport, dryRun: boolean): string {
  const [isDone, isRefused] = dryRun ? ['would be imported', 'would be refused'] : ['imported', 'refused'];
  const which = errors === null ? '' : `: see ${errors}`;
  const parts = [`${grouped(imported)} ${isDone}`, `${grouped(there)} already there`];
  return `${grouped(rows)} rows: ${parts.join(', ')}, ${grouped(refused)} ${isRefused}${which}\n`;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

try {
  await program.parseAsync();
} catch (error) {
  const isUsage = error instanceof CommanderError;
  if (isJson && (!isUsage || error.exitCode !== 0)) {
    process.stderr.write(`${explainAsJson(error)}\n`);
  } else if (!isUsage) {
    process.stderr.write(`${explain(error)}\n`);
  }
  process.exitCode = isUsage ? (error.exitCode === 0 ? EXIT.done : EXIT.usage) : exitCodeOf(error);
}
