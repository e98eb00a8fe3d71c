import { Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type CardProps = { title?: string; aside?: ReactNode; children: ReactNode };

/** A quiet frame around things that belong together. */
export function Card({ title, aside, children }: CardProps) {
  return (
    <Paper component="section" withBorder radius="lg" p="lg">
      <Stack gap="md">
        {title || aside ? (
          <Group justify="space-between" gap="sm">
            {title ? (
              <Title order={2} size="h4">
                {title}
              </Title>
            ) : null}
            {aside}
          </Group>
        ) : null}
        {children}
      </Stack>
    </Paper>
  );
}
