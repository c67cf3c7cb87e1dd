import { WalletError } from '@game-wallet/client';
import { Alert, Code, Text } from '@mantine/core';

/** What the service said, with what its log calls the request. */
export function Problem({ error }: { error: Error }) {
  const { code, requestId, details } = error instanceof WalletError ? error : ({} as Partial<WalletError>);
  return (
    <Alert color="red" role="alert" title={code ?? 'This failed'}>
      <Text size="sm">{error.message}</Text>
      {details !== undefined && <Code block>{JSON.stringify(details, undefined, 1)}</Code>}
      {requestId && <Text size="xs">Request {requestId}</Text>}
    </Alert>
  );
}
