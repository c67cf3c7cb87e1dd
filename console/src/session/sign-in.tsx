import { Alert, Button, Code, Container, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';

interface SignInProps {
  problem?: string | undefined;
  onRedirect?: () => void;
  onToken?: (token: string) => void;
}

/** At the issuer, or by a token that the person has. */
export function SignIn({ problem, onRedirect, onToken }: SignInProps) {
  return (
    <Container component="main" size="xs" py="xl">
      <Paper withBorder p="lg">
        <Stack>
          <Title order={1} size="h3">
            Wallet console
          </Title>
          {problem && (
            <Alert color="red" role="alert" title="You are not signed in">
              {problem}
            </Alert>
          )}
          {onRedirect && <Button onClick={onRedirect}>Sign in</Button>}
          {onToken && <TokenForm onToken={onToken} />}
        </Stack>
      </Paper>
    </Container>
  );
}

function TokenForm({ onToken }: { onToken: (token: string) => void }) {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onToken(token.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">
          Paste a token that the service takes. It stays in this tab alone. Where the service has AUTH=local,
          this makes one:
        </Text>
        <Code block>npm run token -- --scope wallet:admin --subject you</Code>
        <PasswordInput
          label="Token"
          required
          value={token}
          onChange={({ currentTarget }) => setToken(currentTarget.value)}
        />
        <Button type="submit" disabled={token.trim() === ''}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}
