import type { Seal } from './sealing';
import { addressFault, webhook } from './webhooks';

/** An event on its way. */
export interface Message {
  id: string;
  type: string;
  source: string;
  /** ISO 8601. */
  time: string;
  /** Whom it is about; what is about one player keeps its order. */
  group: string;
  /** The event as JSON text. */
  body: string;
}

/** Why a message was not taken. */
export interface Failure {
  reason: string;
  /** Of an answer over HTTP. */
  status?: number;
  /** It was answered, and said no: another message may pass. */
  refused?: true;
  /** The receiver wants no more of them, ever. */
  gone?: true;
}

/** Where messages go. */
export interface Receiver {
  /** Messages of one request at most; each is of a group of its own. */
  batch: number;
  /** Bytes of the messages of one request at most, but that one message may have more. */
  bytes: number;
  /** Requests at a time. */
  requests: number;
  /** Answers of each message why it was not taken, or undefined. */
  send(messages: Message[]): Promise<(Failure | undefined)[]>;
  /** Ends its connections. */
  close(): void;
}

export interface Target {
  name: string;
  kind: 'webhook' | 'eventbridge' | 'sqs';
  target: string;
  /** Of a webhook: the sealed ones, the newest first. */
  secrets: string[];
}

export interface ReceiverOptions {
  seal: Seal;
  /** Whether a webhook or queue may lie in a private network, and be reached without TLS. */
  allowPrivate: boolean;
}

/** An address of SQS: of a region, of a VPC endpoint, of FIPS, or with IPv6. */
const SQS_HOST = /^([a-z0-9-]+\.)*sqs(-fips)?\.[a-z0-9-]+\.(vpce\.)?(amazonaws\.com(\.cn)?|api\.aws)$/;

/** Why a subscriber must not lie there; undefined when it may. */
export function targetFault(kind: Target['kind'], target: string, allowPrivate: boolean): string | undefined {
  if (kind === 'webhook') {
    return addressFault(target, allowPrivate);
  }
  if (kind === 'eventbridge' || allowPrivate) {
    return undefined;
  }
  const { protocol, hostname } = new URL(target);
  return protocol === 'https:' && SQS_HOST.test(hostname) ? undefined : 'must be an https address of SQS';
}

/** Opens receivers, and keeps each until its subscriber changes. */
export class Receivers {
  private readonly kept = new Map<string, { target: string; receiver: Receiver }>();

  constructor(private readonly options: ReceiverOptions) {}

  async of(target: Target): Promise<Receiver> {
    const text = JSON.stringify(target);
    const known = this.kept.get(target.name);
    if (known?.target === text) {
      return known.receiver;
    }
    const receiver = await open(target, this.options);
    known?.receiver.close();
    this.kept.set(target.name, { target: text, receiver });
    return receiver;
  }

  close(): void {
    for (const { receiver } of this.kept.values()) {
      receiver.close();
    }
  }
}

async function open(target: Target, { seal, allowPrivate }: ReceiverOptions): Promise<Receiver> {
  switch (target.kind) {
    case 'webhook': {
      const secrets = await Promise.all(target.secrets.map((sealed) => seal.open(sealed, target.name)));
      return webhook(target.target, secrets, allowPrivate);
    }
    case 'eventbridge':
      return eventBridge(target.target);
    case 'sqs':
      return sqs(target.target);
  }
}

/** Both services take ten messages in a request, and 256 KB; some of it is kept for what lies around them. */
const AWS_LIMITS = { batch: 10, bytes: 240_000, requests: 8 };
/** Of these it is the service that cannot take a message now. All other errors are the message's. */
const OURS_LATER = /Throttl|Internal|Unavailable|Timeout|TooMany|Limit|OverLimit/i;

/** Why a message was not taken, by the code of the service; its texts may hold what nobody should read. */
function failureOf(code = 'unknown'): Failure {
  return OURS_LATER.test(code) ? { reason: code } : { reason: code, refused: true };
}

async function eventBridge(busName: string): Promise<Receiver> {
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient({});
  return {
    ...AWS_LIMITS,
    async send(messages) {
      const Entries = messages.map(({ source, type, time, body }) => ({
        EventBusName: busName,
        Source: source,
        DetailType: type,
        Time: new Date(time),
        Detail: body,
      }));
      const { Entries: results = [] } = await client.send(new PutEventsCommand({ Entries }));
      return messages.map((_, index) => {
        const { ErrorCode, EventId } = results[index] ?? {};
        return EventId === undefined ? failureOf(ErrorCode) : undefined;
      });
    },
    close: () => client.destroy(),
  };
}

async function sqs(queueUrl: string): Promise<Receiver> {
  const { SendMessageBatchCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient({});
  return {
    ...AWS_LIMITS,
    async send(messages) {
      const Entries = messages.map(({ id, group, body }, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: group,
        MessageDeduplicationId: id,
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const failed = new Map(Failed.map(({ Id, Code }) => [Id, failureOf(Code)]));
      return messages.map((_, index) => failed.get(String(index)));
    },
    close: () => client.destroy(),
  };
}

/** Why a request as a whole was not taken. What its one message is too large or too odd for is refused. */
export function failureOfRequest(error: unknown, messages: number): Failure {
  const { name, code, $fault } = error as { name: string; code?: string; $fault?: 'client' | 'server' };
  return $fault === 'client' && messages === 1 ? failureOf(name) : { reason: code ?? name };
}
