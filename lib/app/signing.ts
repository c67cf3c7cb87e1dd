import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SignedCheckpoint } from '../base/checkpoint';
import { checkpointDigest, checkpointText } from '../base/checkpoint';
import type { KeySource } from './sealing';

/** Signs checkpoints. */
export interface Signer {
  /** PEM. */
  publicKey(): Promise<string>;
  /** The signature of a digest of 32 bytes. */
  sign(digest: Buffer): Promise<Buffer>;
}

export function signerOf(source: KeySource): Signer {
  return 'keyId' in source ? kmsSigner(source.keyId) : fileSigner(source.file);
}

/** How checkpoints name a public key. */
export function keyIdOf(publicKey: string): string {
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('hex');
}

/** Whether a checkpoint says what its digest and its signature say. */
export function isSigned(checkpoint: SignedCheckpoint, key: KeyObject): boolean {
  const digest = checkpointDigest(checkpoint);
  const signature = Buffer.from(checkpoint.signature, 'hex');
  return (
    digest.toString('hex') === checkpoint.digest &&
    (key.asymmetricKeyType === 'ed25519'
      ? verify(null, digest, key, signature)
      : verify('sha256', Buffer.from(checkpointText(checkpoint)), key, signature))
  );
}

/** By a key of KMS, which is of the kind ECC_NIST_P256. */
function kmsSigner(keyId: string): Signer {
  const kms = async () => {
    const sdk = await import('@aws-sdk/client-kms');
    return { sdk, client: new sdk.KMSClient({}) };
  };
  let known: Promise<string> | undefined;
  return {
    publicKey() {
      known ??= (async () => {
        const { sdk, client } = await kms();
        const { PublicKey } = await client.send(new sdk.GetPublicKeyCommand({ KeyId: keyId }));
        const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
        return key.export({ type: 'spki', format: 'pem' }) as string;
      })();
      known.catch(() => {
        known = undefined;
      });
      return known;
    },
    async sign(digest) {
      const { sdk, client } = await kms();
      const { Signature } = await client.send(
        new sdk.SignCommand({
          KeyId: keyId,
          Message: digest,
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      return Buffer.from(Signature ?? []);
    },
  };
}

/** By Ed25519, with the key of a file, which is made when it is not there. */
function fileSigner(file: string): Signer {
  let known: KeyObject | undefined;
  const key = (): KeyObject => {
    known ??= createPrivateKey(readOrMake(file));
    return known;
  };
  return {
    publicKey: async () => createPublicKey(key()).export({ type: 'spki', format: 'pem' }) as string,
    sign: async (digest) => sign(null, digest, key()),
  };
}

function readOrMake(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw error;
    }
  }
  return readFileSync(file, 'utf8');
}
