import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { verifyWebhook, WebhookVerificationError } from '../../client/src';

const secretOf = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`;
const [secret, next, foreign] = [secretOf(24), secretOf(32), secretOf(64)];
const event = { specversion: '1.0', id: 'e-1', type: 'wallet.account.opened', subject: 'ü 💰' };
const body = JSON.stringify(event);
const now = new Date('2026-01-02T03:04:05Z');
const timestamp = String(now.getTime() / 1_000);

/** As the service signs: by the standardwebhooks package. */
const headersOf = (secrets: string[], at = now): Record<string, string> => ({
  'webhook-id': 'e-1',
  'webhook-timestamp': String(at.getTime() / 1_000),
  'webhook-signature': secrets.map((one) => new Webhook(one).sign('e-1', at, body)).join(' '),
});
const secondsFromNow = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

test.each([
  ['one signature', [secret], secret],
  ['several signatures, one of them of the secret', [foreign, secret], secret],
  ['a secret that is replaced, signed by the old one', [secret], [next, secret]],
  ['a secret that is replaced, signed by the new one', [next], [next, secret]],
])('verifyWebhook returns the event for %s', async (_, signedBy, secrets) => {
  expect(await verifyWebhook(body, headersOf(signedBy), secrets, { now })).toEqual(event);
});

test('verifyWebhook and the standardwebhooks package accept the same signature', async () => {
  const headers = headersOf([secret], new Date(Math.floor(Date.now() / 1_000) * 1_000));
  expect(new Webhook(secret).verify(body, headers)).toEqual(await verifyWebhook(body, headers, secret));
});

test('headers may come from fetch or from Node, in upper or lower case', async () => {
  const headers = headersOf([secret]);
  expect(await verifyWebhook(body, new Headers(headers), secret, { now })).toEqual(event);
  const upper = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(await verifyWebhook(body, { ...upper, cookie: ['a', 'b'] }, secret, { now })).toEqual(event);
});

test('a secret works without its prefix', async () => {
  expect(await verifyWebhook(body, headersOf([secret]), secret.slice('whsec_'.length), { now })).toEqual(
    event,
  );
});

test.each([-300, 300])('the time of a webhook may be %d seconds away', async (seconds) => {
  expect(await verifyWebhook(body, headersOf([secret], secondsFromNow(seconds)), secret, { now })).toEqual(
    event,
  );
});

const good = headersOf([secret]);
const signature = good['webhook-signature'] ?? '';
test.each<[string, string, Record<string, string>, string[]]>([
  ['another body', body.replace('e-1', 'e-2'), good, [secret]],
  ['another id', body, { ...good, 'webhook-id': 'e-2' }, [secret]],
  ['another time', body, { ...good, 'webhook-timestamp': String(Number(timestamp) + 1) }, [secret]],
  ['another secret', body, good, [foreign, next]],
  ['no secret', body, good, []],
  ['a time 301 seconds ago', body, headersOf([secret], secondsFromNow(-301)), [secret]],
  ['a time in 301 seconds', body, headersOf([secret], secondsFromNow(301)), [secret]],
  ['a time that is none', body, { ...good, 'webhook-timestamp': 'now' }, [secret]],
  [
    'a signature of another version',
    body,
    { ...good, 'webhook-signature': `v2${signature.slice(2)}` },
    [secret],
  ],
  ['a signature that was cut', body, { ...good, 'webhook-signature': signature.slice(0, -4) }, [secret]],
  ['a signature that is no base64', body, { ...good, 'webhook-signature': `v1,${'?'.repeat(44)}` }, [secret]],
  ['no signature', body, { ...good, 'webhook-signature': '' }, [secret]],
  ['no header', body, {}, [secret]],
])('%s leads to a WebhookVerificationError', async (_, text, headers, secrets) => {
  const verified = verifyWebhook(text, headers, secrets, { now });
  await expect(verified).rejects.toBeInstanceOf(WebhookVerificationError);
});

test('the caller may set another tolerance for the time', async () => {
  const headers = headersOf([secret], secondsFromNow(-3_600));
  expect(await verifyWebhook(body, headers, secret, { now, toleranceSeconds: 3_600 })).toEqual(event);
});

test('the signature is HMAC-SHA256 over id, time and body', async () => {
  const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
  const signed = mac.update(`e-1.${timestamp}.${body}`).digest('base64');
  const headers = { ...good, 'webhook-signature': `v1,${signed}` };
  expect(await verifyWebhook(body, headers, secret, { now })).toEqual(event);
});
