import { Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Announcement } from '@/lib/bank/announcements';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';

export function AnnouncementList({ items }: { items: Announcement[] }) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {items.map((item) => (
        <article key={item.id}>
          <Group gap="xs">
            <Text fw={600}>{item.title}</Text>
            {item.pinned ? <Badge variant="default">{t('landing.pinned')}</Badge> : null}
          </Group>
          <Text size="sm">{item.message}</Text>
          <Text size="sm" c="dimmed">
            {formatMoment(item.starts_at, locale())}
          </Text>
        </article>
      ))}
    </Stack>
  );
}
