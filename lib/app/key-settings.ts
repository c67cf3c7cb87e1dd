import type { ExportFormatName } from '../base/export-formats';
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

/** Where the nightly export writes to, and how: a folder, or s3://bucket/prefix. */
export interface ExportConfig {
  to: string;
  format: ExportFormatName;
}

/** What the service works with outside of the database. */
export interface OutsideConfig {
  webhooks: WebhookConfig;
  checkpoints: CheckpointConfig;
  /** Absent: nothing is exported. */
  exports?: ExportConfig | undefined;
}

/** Of keys KMS where it is set, as on AWS, and otherwise a file of this machine. Each title has its own places. */
export function outsideConfig(read: Settings, title: string): OutsideConfig {
  const { EXPORT_TO: exportTo, EXPORT_FORMAT: format, CHECKPOINT_ANCHORS: anchors } = read;
  const key = (keyId: string | undefined, file: string) => (keyId === undefined ? { file } : { keyId });
  return {
    webhooks: {
      key: key(read.WEBHOOK_KEY_ID, read.WEBHOOK_KEY_FILE),
      allowPrivate: read.WEBHOOK_ALLOW_PRIVATE,
    },
    checkpoints: {
      key: key(read.CHECKPOINT_KEY_ID, read.CHECKPOINT_KEY_FILE),
      anchors: `${anchors}/${title}/`,
    },
    exports: exportTo === undefined ? undefined : { to: `${exportTo}/${title}`, format },
  };
}
