import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { Act } from './act';
import { ActForm } from './act-form';

/** Opens an act in a dialog. */
export function ActButton({ act }: { act: Act }) {
  const queries = useQueryClient();
  // What the act has changed is read again only now: the button may be gone then, and the dialog with it.
  const onClose = () => void queries.invalidateQueries();
  const [isOpen, { open, close }] = useDisclosure(false, { onClose });
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={open}>
        {act.title}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={act.title}
        closeButtonProps={{ 'aria-label': 'Close' }}
        lockScroll={false}
        transitionProps={{ duration: 0 }}
      >
        <ActForm act={act} onClose={close} />
      </Modal>
    </>
  );
}
