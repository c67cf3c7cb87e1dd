import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useSession } from '../session/session';
import { lackOf } from '../session/token';
import type { Act } from './act';
import { ActForm } from './act-form';

interface ActButtonProps {
  act: Act;
  /** Why it cannot be done. */
  refusal?: string | undefined;
  onDone?: () => void;
}

/** Opens an act in a dialog. */
export function ActButton({ act, refusal, onDone }: ActButtonProps) {
  const queries = useQueryClient();
  const { claims } = useSession();
  const why = lackOf(claims, act.need) ?? refusal;
  // What the act has changed is read again only now: the button may be gone then, and the dialog with it.
  const onClose = () => void queries.invalidateQueries();
  const [isOpen, { open, close }] = useDisclosure(false, { onClose });
  return (
    <>
      <Button
        variant={act.isFinal ? 'outline' : 'default'}
        color={act.isFinal ? 'red' : undefined}
        className={act.isFinal ? 'apart' : undefined}
        size="compact-sm"
        disabled={why !== undefined}
        title={why}
        onClick={open}
      >
        {act.title}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        closeOnClickOutside={false}
        title={act.title}
        closeButtonProps={{ 'aria-label': 'Close' }}
        lockScroll={false}
        transitionProps={{ duration: 0 }}
      >
        <ActForm act={act} onDone={onDone} onClose={close} />
      </Modal>
    </>
  );
}
