import { Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  /** Beside the title. */
  aside?: ReactNode;
  children: ReactNode;
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <Paper component="section" withBorder p="md" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {title}
          </Title>
          {aside}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

/** A page of sections under its name. */
export function Page({ title, aside, children }: SectionProps) {
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1} size="h2" className="breaks">
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </Stack>
  );
}
