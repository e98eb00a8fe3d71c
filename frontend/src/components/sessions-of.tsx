import { Group } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { endSessionsOf } from '@/lib/bank/end-sessions-of';
import { sessionsOfQuery } from '@/lib/bank/sessions-of';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { Card } from './card';
import { PagedTable } from './paged-table';
import { ReasonButton } from './reason-button';

/** Where the person is signed in; a session is ended with a reason when a device is lost or a stranger was seen. */
export function SessionsOf({ userId, name }: { userId: string; name: string }) {
  const { t } = useTranslation();
  const sessions = useInfiniteQuery(sessionsOfQuery(userId));
  const mayEnd = useMay('sessions.end');
  const some = (sessions.data?.pages ?? []).some((page) => page.items.length > 0);
  return (
    <Card title={t('staff.customers.sessions')}>
      <PagedTable
        query={sessions}
        label={t('staff.customers.sessions')}
        emptyIcon="device-laptop"
        emptyText={t('staff.customers.noSessions')}
        rowKey={(row) => row.id}
        columns={[
          { name: t('staff.customers.device'), show: (row) => row.agent || row.device },
          { name: t('staff.customers.origin'), show: (row) => row.address },
          { name: t('staff.customers.seen'), show: (row) => formatMoment(row.last_seen_at, locale()) },
          {
            name: t('staff.customers.do'),
            show: (row) =>
              mayEnd ? (
                <ReasonButton
                  name={t('staff.customers.end')}
                  subject={row.agent || row.device}
                  give={(reason) => endSessionsOf(userId, reason, row.id)}
                  changes={['sessions-of', 'sign-ins']}
                />
              ) : null,
          },
        ]}
      />
      {mayEnd && some ? (
        <Group>
          <ReasonButton
            name={t('staff.customers.endAll')}
            subject={name}
            give={(reason) => endSessionsOf(userId, reason)}
            changes={['sessions-of', 'sign-ins']}
            red
          />
        </Group>
      ) : null}
    </Card>
  );
}
