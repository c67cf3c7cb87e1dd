import { Button, CopyButton } from '@mantine/core';

/** Letters that are shown of each end. */
const END = 6;

/** A long id or cursor, without its middle, and the way to copy it whole. */
export function Short({ text }: { text: string }) {
  const short = text.length > 3 * END ? `${text.slice(0, END)}…${text.slice(-END)}` : text;
  return (
    <span className="whole">
      <span title={text}>{short}</span>{' '}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="subtle" size="compact-xs" onClick={copy} aria-label={`Copy ${text}`}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </span>
  );
}
