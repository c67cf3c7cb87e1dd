import Table from 'cli-table3';
import { Command, CommanderError } from 'commander';
import type { WalletClient } from '../client/src/index.ts';
import { EXIT, exitCodeOf, explain } from './exit';
import { importPlayers } from './import';
import { connect } from './service';

type Row = Record<string, unknown>;
interface Shared {
  url?: string;
  token?: string;
  json?: boolean;
}

const program = new Command('wallet')
  .description('Asks and tells a wallet service. Its address is WALLET_URL, its token WALLET_TOKEN.')
  .option('--url <url>', 'the address of the service, http://localhost:3000 unless told')
  .option('--token <token>', 'an access token, where the service asks for one')
  .option('--json', 'the reply as JSON, for scripts')
  .addHelpText(
    'after',
    '\nEnds with 0 when done, 1 refused, 2 written wrongly, 3 not found, 4 forbidden, 5 try again.',
  )
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
      const reply = await run(connect(shared), self.args, self.opts());
      show(reply, rows(reply), shared.json);
    });
}

function show(reply: unknown, rows: Row[], asJson: boolean | undefined): void {
  process.stdout.write(asJson ? `${JSON.stringify(reply, null, 2)}\n` : tableOf(rows));
}

function tableOf(rows: Row[]): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const table = new Table({ head: names, style: { head: [], border: [] } });
  table.push(...rows.map((row) => names.map((name) => cellOf(row[name]))));
  return rows.length === 0 ? 'none\n' : `${table.toString()}\n`;
}

function cellOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** Some fields of a row, in this order. */
const pick =
  (...names: string[]) =>
  (row: object): Row =>
    Object.fromEntries(names.map((name) => [name, (row as Row)[name]]));

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
  (client, [userId = ''], { asset, limit = '50' }) =>
    client.history(userId, { ...(asset && { assetCode: asset }), limit: Number(limit) }),
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
  .option('--limit <rows>', 'at most so many, 50 unless told');

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
      ...transaction.entries.map(({ entryType, account, runningBalance }) => ({
        field: entryType,
        value: `${account}, ${runningBalance} afterwards`,
      })),
      ...(related === null ? [] : [{ field: 'about', value: related }]),
      ...others.map(({ id, type, amount, assetCode }) => ({
        field: 'with it',
        value: `${id} ${type} ${amount} ${assetCode}`,
      })),
    ].filter(({ value }) => value !== undefined && value !== null);
  },
);

command(
  'grant <userId> <asset> <amount>',
  'give a player free credits',
  (client, [userId = '', assetCode = '', amount = ''], { reason = '', key, expiresIn, dryRun }) =>
    client.bonus({
      userId,
      assetCode,
      amount,
      metadata: { reason },
      ...(key && { idempotencyKey: key }),
      ...(expiresIn && { expiresInSeconds: Number(expiresIn) }),
      ...(dryRun && { dryRun: true }),
    }),
  (reply) => [pick('transactionId', 'userId', 'assetCode', 'amount', 'newBalance', 'dryRun')(reply)],
)
  .requiredOption('--reason <text>', 'why, for the history')
  .option('--key <key>', 'the idempotency key; sent again with it, it is given once')
  .option('--expires-in <seconds>', 'of an asset with lots: when the credits expire')
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
  ).requiredOption('--reason <text>', 'why, for the record');
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
  .requiredOption('--from <time>', 'when the period begins, such as 2024-02-01T00:00:00Z')
  .requiredOption('--to <time>', 'when it ends')
  .option('--asset <code>', 'of this asset alone')
  .option('--group-by <what>', 'kind, day or source');

program
  .command('events')
  .description('what was committed, a line of JSON for each event')
  .option('--after <cursor>', 'those after this one alone')
  .option('--type <type>', 'of this type alone')
  .option('--follow', 'goes on with what comes, until Ctrl-C')
  .action(async ({ after, type, follow }) => {
    const query = { ...(after && { after }), ...(type && { type }), ...(follow && { waitSeconds: 20 }) };
    for await (const event of connect(program.opts<Shared>()).events.list({ limit: 1000, ...query })) {
      process.stdout.write(`${JSON.stringify(event)}\n`);
    }
  });

program
  .command('import <file>')
  .description('open accounts and post opening balances from a CSV file; safe to run twice')
  .option('--dry-run', 'decides every row and does nothing')
  .action(async (file, { dryRun = false }) => {
    const { rows, refused } = await importPlayers({ client: connect(program.opts<Shared>()), file, dryRun });
    const which = refused === 0 ? '' : `; ${refused} were refused: see ${file}.errors.csv`;
    process.stdout.write(`${rows} rows ${dryRun ? 'were tried' : 'are imported'}${which}\n`);
    process.exitCode = refused === 0 ? EXIT.done : EXIT.refused;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
  } else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
