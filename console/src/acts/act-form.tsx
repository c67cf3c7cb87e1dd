import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useWallet } from '../session/session';
import { Facts } from '../ui/facts';
import { To, transactionPath } from '../ui/links';
import { Problem } from '../ui/problem';
import type { Act, Outcome, Values } from './act';
import { ActField } from './act-field';

interface ActFormProps {
  act: Act;
  onClose: () => void;
}

const isFilled = (act: Act, values: Values): boolean =>
  act.fields.every(
    ({ name, kind, isOptional }) => isOptional || kind === 'check' || (values[name] ?? '').trim() !== '',
  );

const initialOf = (act: Act): Values =>
  Object.fromEntries(
    act.fields.map(({ name, initial, choices }) => [name, initial ?? choices?.[0]?.value ?? '']),
  );

/** First the effect is shown, then the act can be done; what is changed meanwhile must be shown again. */
export function ActForm({ act, onClose }: ActFormProps) {
  const wallet = useWallet();
  const [values, setValues] = useState(() => initialOf(act));
  const [idempotencyKey] = useState(() => `console-${crypto.randomUUID()}`);
  const call = { wallet, values, idempotencyKey };
  const preview = useMutation({ mutationFn: () => act.preview(call) });
  const perform = useMutation({ mutationFn: () => act.perform(call) });
  const button = useRef<HTMLButtonElement>(null);
  // What is shown may reach below the screen, and the button with it.
  useEffect(() => {
    if (preview.data !== undefined) {
      button.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [preview.data]);
  if (perform.data !== undefined) {
    return <Done outcome={perform.data} onClose={onClose} />;
  }
  const change = (name: string, value: string) => {
    setValues({ ...values, [name]: value });
    preview.reset();
    perform.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    preview.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{act.about}</Text>
        {act.fields.map((field, index) => (
          <ActField
            key={field.name}
            isFirst={index === 0}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => change(field.name, value)}
          />
        ))}
        <Button type="submit" variant="default" disabled={!isFilled(act, values)}>
          Show the effect
        </Button>
        {preview.data && <Effect outcome={preview.data} />}
        {[preview.error, perform.error].map(
          (error) => error && <Problem key={error.message} error={error} />,
        )}
        <Button
          color={act.isGrave ? 'red' : undefined}
          ref={button}
          disabled={preview.data === undefined}
          loading={perform.isPending}
          onClick={() => perform.mutate()}
        >
          {act.title}
        </Button>
      </Stack>
    </form>
  );
}

function Effect({ outcome }: { outcome: Outcome }) {
  return (
    <Alert color="gray" variant="outline" title="This would happen" role="status">
      <Facts facts={outcome.facts} />
    </Alert>
  );
}

function Done({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <Stack>
      <Alert color="teal" variant="outline" title="Done" role="status">
        <Facts facts={outcome.facts} />
      </Alert>
      <Group justify="space-between">
        {outcome.transactionId ? (
          <To path={transactionPath(outcome.transactionId)} onFollow={onClose}>
            The transaction
          </To>
        ) : (
          <span />
        )}
        <Button ref={close} onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}
