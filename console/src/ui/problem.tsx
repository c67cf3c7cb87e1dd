import { WalletError } from '@game-wallet/client';
import { Alert, Text } from '@mantine/core';
import { countText } from './amount';
import { type Fact, Facts } from './facts';

/** What the details of a refusal are called. */
const DETAILS: Record<string, string> = {
  required: 'Asked for',
  available: 'Available',
  balance: 'Balance',
  refundable: 'Can still be refunded or reversed',
  held: 'The hold is of',
  scopes: 'Scopes that would do',
};

/** What the service said, with what its log calls the request. */
export function Problem({ error }: { error: Error }) {
  const { code, requestId, details } = error instanceof WalletError ? error : ({} as Partial<WalletError>);
  const { message } = error;
  return (
    <Alert color="red" role="alert" title={message.charAt(0).toUpperCase() + message.slice(1)}>
      <Facts facts={factsOf(details)} />
      {code && (
        <Text size="xs">
          {code}
          {requestId && `, request ${requestId}`}
        </Text>
      )}
    </Alert>
  );
}

/** Details are rules that fields break, or amounts and names by what they are. */
function factsOf(details: unknown): Fact[] {
  if (Array.isArray(details)) {
    return details.map(({ path, message }): Fact => [String(path), String(message)]);
  }
  return Object.entries(details ?? {}).map(([name, value]): Fact => [DETAILS[name] ?? name, wordsOf(value)]);
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.map(wordsOf).join(', ');
  }
  return typeof value === 'number' ? countText(value) : String(value);
}
