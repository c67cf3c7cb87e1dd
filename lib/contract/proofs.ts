import * as z from 'zod';
import { integer, timestamp } from './common';
import { eventCursor } from './events';

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: 'A SHA-256, in hex.' });
const count = z
  .string()
  .regex(/^[0-9]+$/)
  .meta({ example: '1' });

export const checkpointReply = z
  .strictObject({
    number: count,
    from: eventCursor.meta({ description: 'The place after which its transactions were committed...' }),
    to: eventCursor.meta({ description: '...and the one before which.' }),
    size: count.meta({ description: 'Leaves of the whole tree.' }),
    root: hash.meta({ description: 'The root of the Merkle tree of all leaves, as RFC 6962 hashes it.' }),
    previous: hash.meta({ description: 'The digest of the checkpoint before it; zeros of the first.' }),
    digest: hash.meta({ description: 'The SHA-256 of its canonical text.' }),
    signedAt: timestamp,
    keyId: hash.meta({ description: 'The SHA-256 of the public key.' }),
    signature: z.string().meta({ description: 'Over the digest, by Ed25519 or ECDSA on P-256; in hex.' }),
  })
  .meta({ id: 'Checkpoint' });

export const checkpointsQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/, 'must be the number of a checkpoint')
    .optional()
    .meta({
      description: 'Asks for those after this number; without it for the last ones.',
      example: undefined,
    }),
  limit: integer(1, 1000).default(100).meta({ description: 'Checkpoints at most.' }),
});

export const checkpointsReply = z
  .strictObject({ checkpoints: z.array(checkpointReply) })
  .meta({ id: 'CheckpointsReply' });

const number = z.string().regex(/^[1-9][0-9]{0,14}$/, 'must be the number of a checkpoint');

export const checkpointPath = z.strictObject({
  number: number.meta({ description: 'A checkpoint, by its number.', example: '2' }),
});

export const consistencyQuery = z.strictObject({
  since: number.meta({ description: 'The earlier checkpoint.', example: '1' }),
});

export const consistencyReply = z
  .strictObject({
    first: checkpointReply,
    second: checkpointReply,
    proof: z.array(hash).meta({ description: 'As RFC 6962, 2.1.2, has it.' }),
  })
  .meta({ id: 'ConsistencyReply' });

export const proofReply = z
  .strictObject({
    leaf: z.string().meta({ description: 'What is hashed: JSON in the form of RFC 8785.' }),
    index: z.number().meta({ description: 'Of the leaf in the tree, from 0.' }),
    path: z.array(hash).meta({ description: 'The audit path (RFC 6962, 2.1.1), from the leaf up.' }),
    checkpoint: checkpointReply,
  })
  .meta({ id: 'ProofReply' });
