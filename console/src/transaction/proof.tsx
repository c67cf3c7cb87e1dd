import {
  NotFoundError,
  type ProofReply,
  type Verdict,
  verifyProof,
  type WalletClient,
} from '@game-wallet/client';
import { Alert, Badge, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/session';
import { Facts } from '../ui/facts';
import { Loaded } from '../ui/loaded';
import { Section } from '../ui/section';
import { Time } from '../ui/time';

type Proven = { proof: ProofReply; verdict: Verdict } | 'pending';

async function prove(wallet: WalletClient, id: string, publicKey: string): Promise<Proven> {
  try {
    const proof = await wallet.proofs.get(id);
    return { proof, verdict: await verifyProof(proof, publicKey) };
  } catch (error) {
    if (error instanceof NotFoundError && error.code === 'PROOF_PENDING') {
      return 'pending';
    }
    throw error;
  }
}

/** Computed here, in the browser. Who wants to trust nobody pastes a key that another has kept. */
export function Proof({ id }: { id: string }) {
  const { wallet, publicKey } = useSession();
  const [pasted, setPasted] = useState('');
  const key = pasted.trim() || publicKey;
  const query = useQuery({
    queryKey: ['proof', id, key],
    queryFn: () => prove(wallet, id, key),
    refetchInterval: ({ state }) => (state.data === 'pending' ? 10_000 : false),
  });
  return (
    <Section title="Proof">
      <Loaded query={query}>{(proven) => <Shown proven={proven} />}</Loaded>
      <details>
        <summary>Verify with a key of your own</summary>
        <Textarea
          label="Public key, in PEM"
          description="Empty: the key that the service says it signs with."
          autosize
          minRows={3}
          value={pasted}
          onChange={({ currentTarget }) => setPasted(currentTarget.value)}
        />
      </details>
    </Section>
  );
}

function Shown({ proven }: { proven: Proven }) {
  if (proven === 'pending') {
    return <span role="status">No checkpoint has it yet. One is made each minute.</span>;
  }
  const { verdict, proof } = proven;
  if (!verdict.valid) {
    return (
      <Alert color="red" role="alert" title="The proof does not hold">
        {verdict.reason}
      </Alert>
    );
  }
  return (
    <>
      <Badge variant="outline" color="teal" role="status">
        Verified in this browser
      </Badge>
      <Facts
        facts={[
          ['Checkpoint', proof.checkpoint.number],
          ['Signed', <Time key="at" at={proof.checkpoint.signedAt} />],
          ['Key', proof.checkpoint.keyId],
        ]}
      />
    </>
  );
}
