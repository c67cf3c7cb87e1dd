import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGateway, loadHandler } from '../../infra/local/gateway';
import { openLogs } from '../../infra/local/logs';
import { type Clock, standClock } from '../support/clock';
import { discrepancies } from '../support/reconcile';
import { openWallet, type TestWallet } from '../support/wallet';
import { drawLots, type Stage } from './lots-picture';

/**
 * docs/lots.md tells a story in numbers. This plays it over HTTP and holds the page, and its picture, to what
 * comes back; npm run docs writes both.
 */
const PAGE = 'docs/lots.md';
const PICTURE = 'docs/lots.svg';
const START = '2026-12-01T10:00:00Z';

let wallet: TestWallet;
let clock: Clock;
let url: string;
let close: () => Promise<unknown>;
let logs: string;
beforeAll(async () => {
  wallet = await openWallet({ service: { logLevel: 'error' } });
  clock = await standClock(wallet);
  await clock.set(START);
  logs = mkdtempSync(path.join(tmpdir(), 'wallet-docs-'));
  const { logger } = openLogs(logs, 'error', false);
  const gateway = await createGateway({ rateLimitPerMinute: 0, corsOrigin: '*', logger, load: loadHandler });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
  close = () => gateway.close();
});
afterAll(async () => {
  expect(await discrepancies(wallet)).toEqual({});
  await close();
  await wallet.close();
  rmSync(logs, { recursive: true });
});

// biome-ignore lint/suspicious/noExplicitAny: whatever came back.
async function send(method: string, path: string, body?: object): Promise<any> {
  const reply = await fetch(`${url}${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const { data, error } = (await reply.json()) as Record<string, unknown>;
  if (error) {
    throw new Error(JSON.stringify(error));
  }
  return data;
}
const OF = { userId: 'ada', assetCode: 'GEM' };
const balance = async () => (await send('GET', '/api/balance/ada')).balances[0];
const lots = async () => (await send('GET', '/api/lots/ada')).lots;

async function play(): Promise<{ text: string; stages: Stage[] }> {
  const parts: string[] = [];
  const stages: Stage[] = [];
  const show = (title: string, shown: object) =>
    parts.push(`${title}\n\n\`\`\`json\n${JSON.stringify(shown, null, 2)}\n\`\`\``);
  const picture = async (title: string) => stages.push({ title, lots: await lots() });
  const post = async (title: string, path: string, body: object, caption: string) => {
    const { amount, newBalance, lots: moved } = await send('POST', `/api/transactions/${path}`, body);
    show(`${title}\n\`POST /api/transactions/${path}\` answers:`, { amount, newBalance, lots: moved });
    await picture(caption);
  };
  const [, asset = '', body = ''] = /PUT (\S+)\n +(\{.*\})\n/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  await send('PUT', asset, JSON.parse(body));
  await send('PUT', '/api/accounts/ada', {});
  await post(
    'Ada buys 100 gems in shop A for 9.99 euros.',
    'topup',
    {
      ...OF,
      amount: 100,
      source: 'shop-a',
      cost: { amount: 9.99, currency: 'EUR' },
      idempotencyKey: 'story-1',
    },
    'buys 100',
  );
  await post(
    'The game gives her 50 more, until tomorrow.',
    'bonus',
    { ...OF, amount: 50, expiresInSeconds: 86_400, idempotencyKey: 'story-2' },
    'is given 50',
  );
  show('Now `GET /api/balance/ada` says:', await balance());
  await post(
    'She spends 120. The 50 that expire go first, then 70 of those that she paid for.',
    'purchase',
    { ...OF, amount: 120, idempotencyKey: 'story-3' },
    'spends 120',
  );
  await clock.advance(2 * 86_400);
  await picture('two days later');
  const { id: transactionId } = await send('GET', '/api/ledger?idempotencyKey=story-3');
  await post(
    'Two days later 60 of the purchase are refunded. What was burned last comes back first.',
    'refund',
    { transactionId, amount: 60, idempotencyKey: 'story-4' },
    'is refunded 60',
  );
  await post(
    'Then the other 60. The free gems among them have expired: they come back for the seven days of grace.',
    'refund',
    { transactionId, idempotencyKey: 'story-5' },
    'and the rest',
  );
  show('At the end `GET /api/balance/ada` says:', await balance());
  return { text: parts.join('\n\n'), stages };
}

test('every number on the page and its picture come from replies over HTTP', async () => {
  const { text, stages } = await play();
  const page = readFileSync(PAGE, 'utf8');
  const [BEGIN, END] = ['<!-- story: npm run docs writes it -->', '<!-- end of the story -->'];
  const written = `${page.slice(0, page.indexOf(BEGIN) + BEGIN.length)}\n\n${text}\n\n${page.slice(page.indexOf(END))}`;
  const picture = drawLots(stages);
  if (process.env.WRITE_DOCS === '1') {
    writeFileSync(PAGE, written);
    writeFileSync(PICTURE, picture);
  }
  expect(readFileSync(PAGE, 'utf8')).toBe(written);
  expect(readFileSync(PICTURE, 'utf8')).toBe(picture);
});
