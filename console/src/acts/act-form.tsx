import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { Facts } from '../ui/facts';
import { To, transactionPath } from '../ui/links';
import { Problem } from '../ui/problem';
import { type Act, fieldsOf, type Outcome } from './act';
import { ActField } from './act-field';
import { useAct } from './use-act';

interface ActFormProps {
  act: Act;
  onDone?: (() => void) | undefined;
  onClose: () => void;
}

/** First the effect is shown, then the act can be done. */
export function ActForm({ act, onDone, onClose }: ActFormProps) {
  const { draft, isOld, isFilled, faults, preview, perform, change, startAnew, ask } = useAct(act, onDone);
  if (perform.data !== undefined) {
    return <Done outcome={perform.data} onClose={onClose} />;
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{act.about}</Text>
        {isOld && (
          <Group justify="space-between">
            <Text size="sm">This is what you typed before.</Text>
            <Button variant="default" size="compact-sm" onClick={startAnew}>
              Start anew
            </Button>
          </Group>
        )}
        {fieldsOf(act, draft.values).map((field, index) => (
          <ActField
            key={field.name}
            isFirst={index === 0}
            field={field}
            fault={faults[field.name]}
            value={draft.values[field.name] ?? ''}
            onChange={(value) => change(field.name, value)}
          />
        ))}
        {preview.data && (
          <Shown>
            <Effect outcome={preview.data} />
          </Shown>
        )}
        {[preview.error, perform.error].map(
          (error) =>
            error && (
              <Shown key={error.message}>
                <Problem error={error} />
              </Shown>
            ),
        )}
        {draft.mayBeDone && <MayBeDone title={act.title} />}
        <Group grow className="dialog-buttons">
          <Button type="submit" variant="default" px="xs" disabled={!isFilled}>
            Show the effect
          </Button>
          <Button
            color={act.isGrave ? 'red' : undefined}
            disabled={preview.data === undefined}
            loading={perform.isPending}
            onClick={() => perform.mutate()}
          >
            {act.title}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function MayBeDone({ title }: { title: string }) {
  return (
    <Alert color="orange" variant="outline" title="It may have been done">
      The service did not say. To press {title} again here is safe: it is done once at most. To start anew is
      not: look at the timeline first.
    </Alert>
  );
}

/** Comes into view: it may lie below what the dialog shows. */
function Shown({ children }: { children: ReactNode }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={shown} className="shown">
      {children}
    </div>
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
