import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './icon';

type DownloadLinkProps = { href: string; label: string; children: ReactNode };

/** Saves a file of the bank; the browser asks for it with the session's cookies. */
export function DownloadLink({ href, label, children }: DownloadLinkProps) {
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      size="sm"
      aria-label={label}
      leftSection={<Icon name="download" size={16} />}
    >
      {children}
    </Button>
  );
}
