import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Where the key lies that seals secrets: in KMS, or in a file of this machine. */
export type KeySource = { keyId: string } | { file: string };

/** Keeps secrets so that the database never has them in the open. `about` must be the same both times. */
export interface Seal {
  seal(secret: string, about: string): Promise<string>;
  open(sealed: string, about: string): Promise<string>;
}

export function sealOf(source: KeySource): Seal {
  return 'keyId' in source ? kmsSeal(source.keyId) : fileSeal(source.file);
}

function kmsSeal(keyId: string): Seal {
  // Loaded only here, as with Secrets Manager.
  const kms = async () => {
    const sdk = await import('@aws-sdk/client-kms');
    return { sdk, client: new sdk.KMSClient({}) };
  };
  return {
    async seal(secret, about) {
      const { sdk, client } = await kms();
      const { CiphertextBlob } = await client.send(
        new sdk.EncryptCommand({
          KeyId: keyId,
          Plaintext: Buffer.from(secret),
          EncryptionContext: { about },
        }),
      );
      return Buffer.from(CiphertextBlob ?? []).toString('base64');
    },
    async open(sealed, about) {
      const { sdk, client } = await kms();
      const { Plaintext } = await client.send(
        new sdk.DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(sealed, 'base64'),
          EncryptionContext: { about },
        }),
      );
      return Buffer.from(Plaintext ?? []).toString();
    },
  };
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with the key of a file, which is made when it is not there: nonce, tag and text in base64. */
function fileSeal(file: string): Seal {
  return {
    async seal(secret, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', await keyOf(file), nonce).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    async open(sealed, about) {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', await keyOf(file), bytes.subarray(0, NONCE_BYTES));
      decipher.setAAD(Buffer.from(about));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const text = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString();
    },
  };
}

async function keyOf(file: string): Promise<Buffer> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    writeFileSync(file, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  }
  return readFileSync(file);
}
