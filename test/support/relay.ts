import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What went through a relay, and what to do to it. */
export interface Relay {
  port: number;
  /** Sync messages that the service sent: after each it waits for the answer. */
  roundTrips(): number;
  /** Cuts every connection, as a frozen container finds them. */
  cut(): void;
  close(): Promise<void>;
}

/** Message type Sync (https://www.postgresql.org/docs/17/protocol-message-formats.html). */
const SYNC = 'S'.charCodeAt(0);

/** A TCP relay in front of a PostgreSQL that counts what is asked. */
export async function openRelay(host: string, port: number): Promise<Relay> {
  let roundTrips = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host, port });
    const count = countMessages(SYNC, () => {
      roundTrips += 1;
    });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk) => {
      count(chunk);
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of open) {
      socket.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    roundTrips: () => roundTrips,
    cut,
    close: () => {
      cut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Counts messages of a type in the stream from a client: a byte of type (the first message has none), four of length, the rest. */
function countMessages(type: number, found: () => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0);
  let typeBytes = 0;
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= typeBytes + 4 && pending.length >= typeBytes + pending.readUInt32BE(typeBytes)) {
      if (typeBytes === 1 && pending[0] === type) {
        found();
      }
      pending = pending.subarray(typeBytes + pending.readUInt32BE(typeBytes));
      typeBytes = 1;
    }
  };
}
