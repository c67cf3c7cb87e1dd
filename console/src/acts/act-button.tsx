import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Act } from './act';
import { ActForm } from './act-form';

/** Opens an act in a dialog. */
export function ActButton({ act }: { act: Act }) {
  const [isOpen, { open, close }] = useDisclosure();
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
