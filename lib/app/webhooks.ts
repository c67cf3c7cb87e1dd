import { lookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Webhook } from 'standardwebhooks';
import type { Failure, Message, Receiver } from './receivers';

/** Milliseconds that a receiver has for its whole answer. */
const TIMEOUT_MILLIS = 10_000;
/** Bytes of an answer that are read; the rest is nobody's business. */
const MAX_ANSWER_BYTES = 1_024;
const REQUESTS = 8;

/** Where a webhook is and how its messages are signed. */
interface Route {
  url: URL;
  signers: Webhook[];
  allowPrivate: boolean;
  agent: HttpAgent;
}

/** Posts each event to an address, signed as Standard Webhooks says with every secret that is valid. */
export function webhook(address: string, secrets: string[], allowPrivate: boolean): Receiver {
  const url = new URL(address);
  const options = { keepAlive: true, maxSockets: REQUESTS, lookup: lookupOf(allowPrivate) };
  const agent = url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  const route = { url, signers: secrets.map((secret) => new Webhook(secret)), allowPrivate, agent };
  return {
    batch: 1,
    bytes: Number.POSITIVE_INFINITY,
    requests: REQUESTS,
    send: (messages) => Promise.all(messages.map((message) => post(route, message))),
    close: () => agent.destroy(),
  };
}

/** Why an address must not be called; undefined when it may be. */
export function addressFault(address: string, allowPrivate: boolean): string | undefined {
  const { protocol, hostname } = new URL(address);
  if (allowPrivate) {
    return undefined;
  }
  if (protocol !== 'https:') {
    return 'must be an https URL';
  }
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isPublic(host) ? 'must be no private address' : undefined;
}

/** Also an IPv4 address in an IPv6 one is looked at. */
function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * Resolves a name, and refuses it when any of its addresses is private: what is checked is what is called.
 */
function lookupOf(allowPrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const hidden = addresses?.find(({ address }) => !allowPrivate && !isPublic(address));
      const fault = error ?? (hidden && new Error(`${hostname} resolves to a private address`));
      const [first] = addresses ?? [];
      if (fault || first === undefined) {
        callback(fault ?? new Error(`${hostname} has no address`), '', 0);
      } else if (options.all) {
        callback(null, addresses);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
}

async function post(route: Route, message: Message): Promise<Failure | undefined> {
  const fault = addressFault(route.url.href, route.allowPrivate);
  if (fault !== undefined || route.signers.length === 0) {
    return { reason: fault === undefined ? 'the webhook has no secret yet' : `the address ${fault}` };
  }
  try {
    const status = await statusOf(route, message);
    if (status >= 200 && status < 300) {
      return undefined;
    }
    const failure: Failure = { reason: `the receiver answered ${status}`, status };
    return { ...failure, ...(isRefusal(status) && { refused: true }), ...(status === 410 && { gone: true }) };
  } catch (error) {
    return { reason: (error as Error).message || String((error as NodeJS.ErrnoException).code) };
  }
}

/** Whether an answer is about the event. Any other may come from a receiver that is down or overloaded. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

/** Follows no redirect: Node's own client follows none. */
function statusOf({ url, signers, agent }: Route, { id, body }: Message): Promise<number> {
  const now = new Date();
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    agent,
    signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    headers: {
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'game-wallet',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': signers.map((signer) => signer.sign(id, now, body)).join(' '),
    },
  });
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => resolve(readBriefly(response)));
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.on('close', () => reject(new Error('the receiver closed without an answer')));
    request.end(body);
  });
}

/** The status, once the answer has ended or is longer than anybody reads. */
function readBriefly(response: IncomingMessage): Promise<number> {
  const status = response.statusCode ?? 0;
  return new Promise((resolve, reject) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_ANSWER_BYTES) {
        resolve(status);
        response.destroy();
      }
    });
    response.on('end', () => resolve(status));
    response.on('error', reject);
    response.on('close', () => reject(new Error('the receiver closed in the middle of its answer')));
  });
}
