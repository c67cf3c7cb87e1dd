import { type Answer, Call, type CallOptions, Listing } from './call.ts';
import { ConnectionError, errorOf, WalletError } from './errors.ts';
import { withKeys } from './keys.ts';
import { pauseAfter, sleep, within } from './time.ts';

/** A request as it will be sent. */
export interface SignableRequest {
  method: string;
  url: URL;
  /** Their names are in lower case. */
  headers: Record<string, string>;
  body: string | undefined;
}

export interface ClientOptions {
  /** Where the service is, such as `https://wallet.example`. */
  baseUrl: string;
  /** A bearer token, or what makes one; it is asked before each attempt. */
  token?: string | (() => string | Promise<string>) | undefined;
  /** Makes the headers that sign a request, such as those of SigV4; it is asked before each attempt. */
  signer?:
    | ((request: SignableRequest) => Record<string, string> | Promise<Record<string, string>>)
    | undefined;
  /** Milliseconds that one attempt may take, 30,000 unless told. */
  timeoutMillis?: number | undefined;
  /** Milliseconds that a call may take with all its attempts and pauses, 60,000 unless told. */
  deadlineMillis?: number | undefined;
  /** How often a request is sent at most, 4 unless told. */
  attempts?: number | undefined;
  /** In place of the platform's own. */
  fetch?: typeof fetch | undefined;
}

/** What the generated methods say of a request. */
export interface Operation {
  method: string;
  path: string;
  body?: object;
  query?: object | undefined;
  /** Where in the body idempotency keys are. */
  keys?: string[];
  /** No token is needed. */
  isPublic?: boolean;
  /** The type of a reply that is text, not JSON. */
  accept?: string;
}

/** A list's reply has `items` and `nextCursor`, which the parameter `cursor` takes. */
export interface ListOperation<Items> extends Operation {
  items: Items;
  cursor: string;
}

/**
 * A value as one segment of a path, whatever it holds. A URL cannot hold the segments "", "." and "..": it
 * would name another path in their place, so they are refused with a TypeError.
 */
export function segment(value: string): string {
  if (['', '.', '..'].includes(value)) {
    throw new TypeError(`"${value}" cannot be a path parameter`);
  }
  return encodeURIComponent(value);
}

/** Sends requests: attempts, time limits, keys, tokens. The generated client adds the operations. */
export class Core {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    const { baseUrl } = options;
    if (typeof baseUrl !== 'string' || !/^https?:\/\/[^/]/.test(baseUrl)) {
      throw new TypeError('baseUrl must be the address of the service, such as https://wallet.example');
    }
    this.#options = options;
  }

  protected call<Reply>(operation: Operation, options: CallOptions = {}): Call<Reply> {
    return new Call(this.#send<Reply>(operation, options));
  }

  protected list<Reply, Items extends keyof Reply>(
    operation: ListOperation<Items>,
    options: CallOptions = {},
  ): Listing<Reply, Items> {
    const { items, cursor, query = {} } = operation;
    const { [cursor]: asked, waitSeconds = 0 } = query as Record<string, unknown>;
    return new Listing<Reply, Items>(this.#send<Reply>(operation, options), items, (reply) => {
      const { nextCursor } = reply as { nextCursor?: string | null };
      // Events always have a place to go on: they end where it stays the same, unless the caller waits.
      const isLast = nextCursor == null || (nextCursor === asked && waitSeconds === 0);
      const next = { ...operation, query: { ...query, offset: undefined, [cursor]: nextCursor } };
      return isLast ? undefined : this.list<Reply, Items>(next, options);
    });
  }

  /** Sends a request until it is answered for good, at most so often and so long. */
  async #send<Reply>(operation: Operation, options: CallOptions): Promise<Answer<Reply>> {
    const sent = operation.body && withKeys(operation.body, operation.keys ?? []);
    const body = sent && JSON.stringify(sent);
    const { attempts, timeoutMillis, deadlineMillis } = this.#limitsOf(operation, options);
    const end = performance.now() + deadlineMillis;
    const work = async (signal: AbortSignal): Promise<Answer<Reply>> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const send = (inner: AbortSignal) => this.#attempt<Reply>(operation, body, inner);
          return await within(timeoutMillis, 'an attempt', signal, send);
        } catch (error) {
          const pause = pauseBeforeRetry(error, attempt);
          const isOver = signal.aborted || attempt >= attempts || performance.now() + (pause ?? 0) >= end;
          if (pause === undefined || isOver) {
            throw error;
          }
          await sleep(pause, signal);
        }
      }
    };
    try {
      return await within(deadlineMillis, 'the call', options.signal, work);
    } catch (error) {
      throw error instanceof WalletError ? Object.assign(error, { sent }) : error;
    }
  }

  /** What the call says, else the client. The time that the service was asked to wait is added. */
  #limitsOf({ query }: Operation, call: CallOptions) {
    const client = this.#options;
    const { waitSeconds = 0 } = (query ?? {}) as { waitSeconds?: number };
    return {
      attempts: call.attempts ?? client.attempts ?? 4,
      timeoutMillis: (call.timeoutMillis ?? client.timeoutMillis ?? 30_000) + waitSeconds * 1_000,
      deadlineMillis: (call.deadlineMillis ?? client.deadlineMillis ?? 60_000) + waitSeconds * 1_000,
    };
  }

  async #attempt<Reply>(
    operation: Operation,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Answer<Reply>> {
    const { fetch: send = fetch, signer } = this.#options;
    const { method } = operation;
    const url = this.#urlOf(operation);
    const headers = await this.#headersOf(operation, body !== undefined);
    const signed = await signer?.({ method, url, headers, body });
    const init = { method, headers: new Headers({ ...headers, ...signed }), signal, ...(body && { body }) };
    const [response, text] = await answerTo(url, () => send(url, init));
    const content = operation.accept === undefined || !response.ok ? parsed(text) : { data: text };
    const data = (content as { data?: Reply } | undefined)?.data;
    if (!response.ok || data === undefined) {
      throw errorOf(response, content);
    }
    return {
      data,
      status: response.status,
      requestId: response.headers.get('x-request-id') ?? undefined,
      replayed: response.headers.get('idempotency-replayed') === 'true',
      headers: response.headers,
    };
  }

  #urlOf({ path, query = {} }: Operation): URL {
    const url = new URL(this.#options.baseUrl.replace(/\/+$/, '') + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return url;
  }

  async #headersOf({ isPublic = false, accept = 'application/json' }: Operation, hasBody: boolean) {
    const { token } = this.#options;
    const bearer = isPublic ? undefined : await (typeof token === 'function' ? token() : token);
    return {
      accept,
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    };
  }
}

/** A response and its whole text. Rejects with a ConnectionError when they do not arrive. */
async function answerTo(url: URL, send: () => Promise<Response>): Promise<[Response, string]> {
  try {
    const response = await send();
    return [response, await response.text()];
  } catch (cause) {
    const message = `there was no answer from ${url.origin}: ${reasonOf(cause)}`;
    throw new ConnectionError({ code: 'CONNECTION_FAILED', message, retryable: true, cause });
  }
}

/** Of an error that says little, such as "fetch failed", the one below it; its code, where it says nothing. */
function reasonOf(error: unknown): string {
  const { message, code, cause } = Object(error) as { message?: string; code?: string; cause?: unknown };
  return cause === undefined ? message || code || String(error) : reasonOf(cause);
}

/** Undefined when it is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Milliseconds until the request is sent again; undefined when that would not help now. */
function pauseBeforeRetry(error: unknown, attempt: number): number | undefined {
  const isPassing = error instanceof WalletError && error.retryable;
  // A proof that is pending (404) is there in a minute, which is for the caller to wait.
  return isPassing && (error.status === undefined || error.status === 429 || error.status >= 500)
    ? pauseAfter(attempt, error.retryAfterMillis)
    : undefined;
}
