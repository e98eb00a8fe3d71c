import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import classes from './page.module.css';

type PageProps = { title: string; actions?: ReactNode; narrow?: boolean; children: ReactNode };

/** One screen: its name as the heading and in the browser's tab. */
export function Page({ title, actions, narrow = false, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Strongroom`;
  }, [title]);
  return (
    <Stack gap="lg" className={narrow ? classes.narrow : classes.wide}>
      <Group justify="space-between" align="center" gap="md">
        <Title order={1} size="h2" tabIndex={-1} data-page-title="">
          {title}
        </Title>
        {actions ? <Group gap="sm">{actions}</Group> : null}
      </Group>
      {children}
    </Stack>
  );
}
