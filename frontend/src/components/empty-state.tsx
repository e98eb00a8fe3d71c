import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';

/** What stands where a list has nothing to show, and what could be done about it. */
export function EmptyState({ icon, text, children }: { icon: IconName; text: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="sm" py="xl" c="dimmed">
      <Icon name={icon} size={32} />
      <Text ta="center">{text}</Text>
      {children}
    </Stack>
  );
}
