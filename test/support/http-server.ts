import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Answers a request, or leaves it, or breaks its connection. */
export type Answering = (response: ServerResponse, request: ReceivedRequest) => unknown;

export interface LocalServer {
  url: string;
  received: ReceivedRequest[];
  close(): Promise<void>;
}

/** A real server on loopback. The requests meet these behaviours in turn, and the last one from then on. */
export async function serve(...answering: Answering[]): Promise<LocalServer> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) {
      chunks.push(chunk);
    }
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString() };
    const answer = answering[Math.min(received.push(request), answering.length) - 1];
    await answer?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answering =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

/** As the service tells of an error. */
export const refuse = (
  status: number,
  code: string,
  retryable: boolean,
  headers: Record<string, string> = {},
): Answering =>
  json(status, { success: false, error: { code, message: 'refused', retryable, requestId: 'r-1' } }, headers);
