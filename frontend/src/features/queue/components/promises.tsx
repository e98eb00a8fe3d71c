import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/lib/api/client';
import { formatAgo } from '@/lib/dates';
import { locale } from '@/lib/i18n';

type Clock = Schemas['ClockAnswer'];

/** What was promised and until when; a broken promise is said in words, not only in red. */
export function Promises({ clocks }: { clocks: Clock[] }) {
  const { t } = useTranslation();
  const open = clocks.filter((clock) => clock.state !== 'met');
  return (
    <Group gap="xs">
      {open.map((clock) => (
        <Badge key={clock.kind} variant="outline" color={clock.breached_at ? 'red' : 'gray'}>
          {t(`staff.queue.clocks.${clock.kind}`)}{' '}
          {clock.breached_at
            ? t('staff.queue.broken')
            : clock.state === 'paused' || !clock.due_at
              ? t('staff.queue.paused')
              : formatAgo(clock.due_at, locale())}
        </Badge>
      ))}
    </Group>
  );
}
