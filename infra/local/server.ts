import { type IncomingMessage, Server, type ServerOptions, type ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
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

/** Milliseconds between looks at what has not arrived yet. */
const CHECK_MILLIS = 20;

/** Turns of the event loop without a new connection, after which none stands in the queue; and turns at most, where they never cease to come. */
const QUIET_TURNS = 3;
const MAX_TURNS = 10_000;

/** What a connection is about: its last request with the answer, and how much had been read when that was given. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  bytesRead: number;
}

/** An HTTP server that closes without leaving a connection unanswered that it, or the system on its behalf, has accepted. */
export class DrainingServer extends Server {
  /** By open connection; undefined before its first request. */
  private readonly exchanges = new Map<Socket, Exchange | undefined>();
  private readonly arrivalTimeout: number;
  /** Connections so far. */
  private seen = 0;

  constructor({ arrivalTimeout, timeout, ...patience }: Patience, options: ServerOptions = {}) {
    super({ ...options, ...patience, connectionsCheckingInterval: Math.ceil(patience.headersTimeout / 10) });
    this.arrivalTimeout = arrivalTimeout;
    this.timeout = timeout;
    this.on('connection', (socket) => {
      this.seen += 1;
      this.exchanges.set(socket, undefined);
      socket.once('close', () => this.exchanges.delete(socket));
    });
    this.on('request', (request, response) => {
      const exchange: Exchange = { request, response, bytesRead: Number.POSITIVE_INFINITY };
      this.exchanges.set(request.socket, exchange);
      response.once('finish', () => {
        exchange.bytesRead = request.socket.bytesRead;
      });
    });
  }

  /** Takes no more connections, answers what arrives in time on those there are, and calls back when the last one has ended. */
  override close(callback?: (error?: Error) => void): this {
    this.once('close', () => callback?.());
    void this.drain();
    return this;
  }

  /** Takes in the connections that the system has accepted already: the event loop sees about one of them each turn. */
  private async takeAccepted(): Promise<void> {
    for (let turns = 0, quiet = 0; turns < MAX_TURNS && quiet < QUIET_TURNS; turns++) {
      const seen = this.seen;
      await turn();
      quiet = this.seen === seen ? quiet + 1 : 0;
    }
  }

  private async drain(): Promise<void> {
    await this.takeAccepted();
    NetServer.prototype.close.call(this);
    const someArrive = () => [...this.exchanges].some(([socket, exchange]) => isArriving(socket, exchange));
    for (let waited = 0; waited < this.arrivalTimeout && someArrive(); waited += CHECK_MILLIS) {
      await sleep(CHECK_MILLIS);
    }
    for (const [socket, exchange] of this.exchanges) {
      if (!isAnswering(exchange)) {
        socket.destroy();
      }
    }
  }
}

function isAnswering(exchange: Exchange | undefined): boolean {
  return exchange?.request.complete === true && !exchange.response.writableFinished;
}

/** Whether a request is on its way, as far as can be seen: a new connection is expected to bring one. */
function isArriving(socket: Socket, exchange: Exchange | undefined): boolean {
  return exchange === undefined || !exchange.request.complete || socket.bytesRead > exchange.bytesRead;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
