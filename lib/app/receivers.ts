import type { Seal } from './sealing';
import { webhook } from './webhooks';

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
  /** Requests at a time. */
  requests: number;
  /** Answers of each message why it was not taken, or undefined. */
  send(messages: Message[]): Promise<(Failure | undefined)[]>;
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
  /** Whether a webhook may lie in a private network, and be reached without TLS. */
  allowPrivate: boolean;
}

export async function receiverOf(target: Target, { seal, allowPrivate }: ReceiverOptions): Promise<Receiver> {
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

/** Both services take ten messages in a request. */
const AWS_BATCH = 10;
const AWS_REQUESTS = 8;

async function eventBridge(busName: string): Promise<Receiver> {
  const { EventBridgeClient, PutEventsCommand } = await import('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient({});
  return {
    batch: AWS_BATCH,
    requests: AWS_REQUESTS,
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
        const { ErrorCode, ErrorMessage, EventId } = results[index] ?? {};
        return EventId === undefined ? { reason: `${ErrorCode}: ${ErrorMessage}` } : undefined;
      });
    },
  };
}

async function sqs(queueUrl: string): Promise<Receiver> {
  const { SendMessageBatchCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  const client = new SQSClient({});
  return {
    batch: AWS_BATCH,
    requests: AWS_REQUESTS,
    async send(messages) {
      const Entries = messages.map(({ id, group, body }, index) => ({
        Id: String(index),
        MessageBody: body,
        MessageGroupId: group,
        MessageDeduplicationId: id,
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
      const failed = new Map(Failed.map(({ Id, Code, Message }) => [Id, `${Code}: ${Message}`]));
      return messages.map((_, index) => {
        const reason = failed.get(String(index));
        return reason === undefined ? undefined : { reason };
      });
    },
  };
}
