import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type IncomingMessage, Server, type ServerOptions, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { sleep } from '../../lib/base/time';

/** Milliseconds that a client has; each is a setting of Node's server, or named as one would be. */
export interface Patience {
  /** For the headers, and for the whole request, from the moment of the connection or of the last answer. */
  headersTimeout: number;
  requestTimeout: number;
  /** Between two requests of one connection. */
  keepAliveTimeout: number;
  /** Without a byte in either direction; longer than any request may take. */
  timeout: number;
  /** For a request that is on its way when the server closes. */
  arrivalTimeout: number;
}

export const PATIENCE: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 72_000,
  timeout: 60_000,
  arrivalTimeout: 2_000,
};

/** Milliseconds between looks at the connections that are left. */
const CHECK_MILLIS = 20;

/** Turns of the event loop without a new connection, after which none stands in the queue. */
const QUIET_TURNS = 3;
/** Turns at most: on a busy server, new connections never cease to come. */
const MAX_TURNS = 10_000;

/** What happens on a connection. */
interface Connection {
  /** The last request and its answer; absent before the first one. */
  last?: { request: IncomingMessage; response: ServerResponse };
  /** Requests that have begun and whose answers are not wholly sent. */
  open: number;
  /** Bytes that had come when the last answer was sent. */
  bytesRead: number;
}

/** Closes without leaving a connection unanswered that it, or the system on its behalf, has accepted. */
export class DrainingServer extends Server {
  private readonly clients = new Map<Socket, Connection>();
  private readonly accepting: NetServer[] = [this];
  private readonly arrivalTimeout: number;
  private draining = false;
  /** Connections so far. */
  private seen = 0;

  constructor({ arrivalTimeout, timeout, ...patience }: Patience, options: ServerOptions = {}) {
    super({ ...options, ...patience, connectionsCheckingInterval: Math.ceil(patience.headersTimeout / 10) });
    this.arrivalTimeout = arrivalTimeout;
    this.timeout = timeout;
    this.on('connection', (socket) => this.watch(socket));
    this.on('request', (request, response) => this.follow(request, response));
  }

  /** Serves a further address. */
  async listenAlso(host: string, port: number): Promise<AddressInfo> {
    const listener = new NetServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.emit('connection', socket),
    );
    listener.listen(port, host);
    await once(listener, 'listening');
    this.accepting.push(listener);
    return listener.address() as AddressInfo;
  }

  /**
   * Takes no more connections, answers what arrives in time on those there are, and calls back when all have
   * ended.
   */
  override close(callback?: (error?: Error) => void): this {
    void this.drain().then(() => {
      super.close(() => callback?.());
    });
    return this;
  }

  private watch(socket: Socket): void {
    this.seen += 1;
    this.clients.set(socket, { open: 0, bytesRead: Number.POSITIVE_INFINITY });
    socket.once('close', () => this.clients.delete(socket));
  }

  private follow(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const connection = this.clients.get(socket);
    if (connection === undefined) {
      return;
    }
    connection.last = { request, response };
    connection.open += 1;
    response.once('finish', () => {
      connection.open -= 1;
      connection.bytesRead = socket.bytesRead;
    });
    if (this.draining) {
      response.setHeader('connection', 'close');
    }
  }

  private async drain(): Promise<void> {
    this.draining = true;
    await this.takeAccepted();
    for (const listener of this.accepting) {
      NetServer.prototype.close.call(listener);
    }
    for (const { last } of this.clients.values()) {
      if (last?.response.headersSent === false) {
        last.response.setHeader('connection', 'close');
      }
    }
    for (let waited = 0; this.clients.size > 0; waited += CHECK_MILLIS) {
      const isLate = waited >= this.arrivalTimeout;
      for (const [socket, connection] of this.clients) {
        if (!isOwed(connection) && (isLate || !isArriving(socket, connection))) {
          socket.destroy();
        }
      }
      await sleep(CHECK_MILLIS);
    }
  }

  /**
   * Takes in the connections that the system has accepted: the event loop sees about one of them each turn.
   */
  private async takeAccepted(): Promise<void> {
    for (let turns = 0, quiet = 0; turns < MAX_TURNS && quiet < QUIET_TURNS; turns++) {
      const { seen } = this;
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.seen === seen ? quiet + 1 : 0;
    }
  }
}

/**
 * Whether a request has wholly arrived and its answer is not wholly sent: only the last one may still be
 * arriving.
 */
function isOwed({ last, open }: Connection): boolean {
  return open > (last?.request.complete === false && !last.response.writableFinished ? 1 : 0);
}

/** Whether a request is on its way, as far as can be seen: a new connection is expected to bring one. */
function isArriving(socket: Socket, { last, bytesRead }: Connection): boolean {
  return last?.request.complete !== true || socket.bytesRead > bytesRead;
}

/** Listens on every address of the host: `localhost` is two of them on most machines. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<AddressInfo[]> {
  const [first = host, ...others] = [
    ...new Set((await lookup(host, { all: true })).map(({ address }) => address)),
  ];
  await app.listen({ host: first, port });
  const bound = [app.server.address() as AddressInfo];
  for (const other of others) {
    bound.push(await (app.server as DrainingServer).listenAlso(other, bound[0]?.port ?? port));
  }
  return bound;
}
