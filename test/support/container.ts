import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';

/** What Lambda needs to start a container of a function. */
export interface ContainerOptions {
  /** The Node.js of the deployed runtime, and the entry of its runtime client. */
  node: string;
  client: string;
  /** Where the function's bundle was unpacked. */
  folder: string;
  environment: Record<string, string>;
  onLine: (line: string) => void;
}

/** Why an invocation has no answer. */
export class InvocationError extends Error {
  constructor(
    readonly kind: 'init' | 'function' | 'timeout' | 'exit',
    message: string,
  ) {
    super(message);
  }
}

interface Invocation {
  id: string;
  event: unknown;
  deadline: number;
  resolve: (payload: unknown) => void;
  reject: (error: InvocationError) => void;
}

const API = '/2018-06-01/runtime';
const TRACE = 'Root=1-6565d0c0-0123456789abcdef01234567;Parent=0123456789abcdef';

/**
 * One container as Lambda runs it (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html): a process
 * of the real runtime client that asks for its next event. It is frozen whenever it has none, and killed when
 * an invocation outlives its time.
 */
export class Container {
  /** Milliseconds from the start of the process until it first asked for an event. */
  initMillis: number | undefined;
  dead = false;
  private process: ChildProcess | undefined;
  private lastLines: string[] = [];
  private waiting: ServerResponse | undefined;
  private current: Invocation | undefined;
  private readonly api: Server;
  private readonly startedAt = performance.now();

  constructor(private readonly options: ContainerOptions) {
    this.api = createServer((request, response) => void this.answer(request, response));
    this.api.listen(0, '127.0.0.1', () => this.start());
  }

  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** One event at a time. Rejects with an InvocationError. */
  invoke(event: unknown, timeoutMillis: number): Promise<unknown> {
    return new Promise<unknown>((resolve, reject) => {
      const invocation: Invocation = {
        id: randomUUID(),
        event,
        deadline: Date.now() + timeoutMillis,
        resolve,
        reject,
      };
      this.current = invocation;
      const timer = setTimeout(() => {
        this.fail(new InvocationError('timeout', `Task timed out after ${timeoutMillis / 1_000} seconds`));
        this.kill();
      }, timeoutMillis);
      const settle =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer);
          then(value);
        };
      invocation.resolve = settle(resolve);
      invocation.reject = settle(reject);
      this.handOver();
    });
  }

  kill(): void {
    this.dead = true;
    this.process?.kill('SIGKILL');
    this.api.closeAllConnections();
    this.api.close();
  }

  private start(): void {
    const { node, client, folder, environment } = this.options;
    const child = spawn(node, [client, 'index.handler'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        PATH: process.env.PATH,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'index.handler',
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(this.api.address() as AddressInfo).port}`,
      },
    });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        this.lastLines = [...this.lastLines, line].slice(-20);
        this.options.onLine(line);
      });
    }
    child.once('error', (error) => this.fail(new InvocationError('exit', error.message)));
    child.once('exit', (code, signal) => {
      this.fail(
        new InvocationError(
          'exit',
          `the runtime exited with ${signal ?? code}: ${this.lastLines.join('\n')}`,
        ),
      );
      this.kill();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === `${API}/invocation/next`) {
      this.initMillis ??= performance.now() - this.startedAt;
      this.waiting = response;
      this.handOver();
      return;
    }
    const text = await read(request);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (request.url === `${API}/init/error`) {
      this.fail(new InvocationError('init', text));
    } else if (request.url === `${API}/invocation/${this.current?.id}/response`) {
      this.take()?.resolve(JSON.parse(text));
    } else if (request.url === `${API}/invocation/${this.current?.id}/error`) {
      this.fail(new InvocationError('function', text));
    }
  }

  /** Gives the runtime its event, once there are both; freezes it while there is none. */
  private handOver(): void {
    if (this.waiting === undefined) {
      return;
    }
    if (this.current === undefined) {
      this.process?.kill('SIGSTOP');
      return;
    }
    this.process?.kill('SIGCONT');
    const { id, event, deadline } = this.current;
    const { AWS_LAMBDA_FUNCTION_NAME: name, AWS_XRAY_DAEMON_ADDRESS: daemon } = this.options.environment;
    this.waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': id,
      'lambda-runtime-deadline-ms': String(deadline),
      'lambda-runtime-invoked-function-arn': `arn:aws:lambda:eu-central-1:000000000000:function:${name}:live`,
      // An event is sampled where a test listens for it.
      'lambda-runtime-trace-id': `${TRACE};Sampled=${daemon === undefined ? 0 : 1}`,
    });
    this.waiting.end(JSON.stringify(event));
    this.waiting = undefined;
  }

  private take(): Invocation | undefined {
    const invocation = this.current;
    this.current = undefined;
    return invocation;
  }

  private fail(error: InvocationError): void {
    this.take()?.reject(error);
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}
