/** Of one call; each in place of what the client was made with. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Milliseconds that one attempt may take; `waitSeconds` of a query are added. */
  timeoutMillis?: number | undefined;
  /** Milliseconds that the call may take with all its attempts and pauses; so are they here. */
  deadlineMillis?: number | undefined;
  /** How often a request is sent at most; 1 is once, without a retry. */
  attempts?: number | undefined;
}

/** A reply, and what came with it. */
export interface Answer<Data> {
  data: Data;
  /** Such as 201, or 200 of a dry run. */
  status: number;
  /** Names the request in the service's logs. */
  requestId: string | undefined;
  /** Whether it is the first answer to this idempotency key, told again. */
  replayed: boolean;
  headers: Headers;
}

/** A request on its way: a promise of the reply's data, or by `withResponse` of all that came with it. */
export class Call<Data> extends Promise<Data> {
  /** What `then` makes of it is a plain promise. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  readonly #answer: Promise<Answer<Data>>;

  constructor(answer: Promise<Answer<Data>>) {
    // The promise below it is never asked: `then` asks the answer.
    super(() => undefined);
    this.#answer = answer;
  }

  withResponse(): Promise<Answer<Data>> {
    return this.#answer;
  }

  // biome-ignore lint/suspicious/noThenProperty: it is a promise, whose other methods call this one.
  override then<Result = Data, Caught = never>(
    onData?: ((data: Data) => Result | PromiseLike<Result>) | null,
    // biome-ignore lint/suspicious/noExplicitAny: as of every promise.
    onError?: ((error: any) => Caught | PromiseLike<Caught>) | null,
  ): Promise<Result | Caught> {
    return this.#answer.then(({ data }) => data).then(onData, onError);
  }
}

/** One element of the list that a reply has under this name. */
export type ItemOf<Reply, Items extends keyof Reply> = Reply[Items] extends readonly (infer Item)[]
  ? Item
  : never;

/**
 * A page of a list. As a promise it is that page's reply. `for await` goes through the elements of this page
 * and of all that follow, and `pages()` through the replies; a page that fails rejects there.
 */
export class Listing<Reply, Items extends keyof Reply>
  extends Call<Reply>
  implements AsyncIterable<ItemOf<Reply, Items>>
{
  readonly #items: Items;
  readonly #next: (reply: Reply) => Listing<Reply, Items> | undefined;

  constructor(
    answer: Promise<Answer<Reply>>,
    items: Items,
    next: (reply: Reply) => Listing<Reply, Items> | undefined,
  ) {
    super(answer);
    this.#items = items;
    this.#next = next;
  }

  async *pages(): AsyncGenerator<Reply, void, undefined> {
    for (let page: Listing<Reply, Items> | undefined = this; page !== undefined; ) {
      const reply: Reply = await page;
      yield reply;
      page = page.#next(reply);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ItemOf<Reply, Items>, void, undefined> {
    for await (const reply of this.pages()) {
      yield* reply[this.#items] as Iterable<ItemOf<Reply, Items>>;
    }
  }
}
