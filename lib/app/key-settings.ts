import type { Settings } from './config';
import type { KeySource } from './sealing';

/** What seals the secrets of webhooks, and whether one may lie in a private network, without TLS. */
export interface WebhookConfig {
  key: KeySource;
  allowPrivate: boolean;
}

/** What signs checkpoints, and where they lie outside of the database: a folder, or s3://bucket/prefix. */
export interface CheckpointConfig {
  key: KeySource;
  anchors: string;
}

/** KMS where it is set, as on AWS, and otherwise a file of this machine. */
export function webhookConfig(read: Settings): WebhookConfig {
  const { WEBHOOK_KEY_ID: keyId, WEBHOOK_KEY_FILE: file, WEBHOOK_ALLOW_PRIVATE: allowPrivate } = read;
  return { key: keyId === undefined ? { file } : { keyId }, allowPrivate };
}

/** As of webhooks. Each title has anchors of its own. */
export function checkpointConfig(read: Settings, title: string): CheckpointConfig {
  const { CHECKPOINT_KEY_ID: keyId, CHECKPOINT_KEY_FILE: file, CHECKPOINT_ANCHORS: place } = read;
  return { key: keyId === undefined ? { file } : { keyId }, anchors: `${place}/${title}/` };
}
