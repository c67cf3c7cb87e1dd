import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';

/** One field for all that can be found. */
export function SearchField() {
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') {
      navigate(`/?q=${encodeURIComponent(text.trim())}`);
      setText('');
    }
  };
  return (
    <form onSubmit={submit} className="search">
      <search>
        <Group gap="xs" wrap="nowrap">
          <TextInput
            aria-label="Find a player, a key, a transaction, a hold or a group"
            type="search"
            placeholder="Player, key, transaction, hold, group"
            flex={1}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <Button type="submit">Find</Button>
        </Group>
      </search>
    </form>
  );
}
