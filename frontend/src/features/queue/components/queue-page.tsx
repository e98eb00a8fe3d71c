import { SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { ticketQueuesQuery } from '@/lib/bank/ticket-queues';
import { formatAgo } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { casesQuery, queues } from '../api/cases';
import { Board } from './board';
import { Promises } from './promises';

/** The desk's queues: what is promised next stands beside each ticket. */
export function QueuePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { queue: wished, q = '', as } = useSearch({ from: '/staff/tickets' });
  const queue = queues.find((one) => one === wished) ?? 'pending';
  const counts = useQuery(ticketQueuesQuery).data;
  const cases = useInfiniteQuery(casesQuery(queue, q));
  const show = (search: { queue?: string; q?: string; as?: 'board' | undefined }) =>
    void navigate({ to: '/staff/tickets', search: { queue, as, ...(q ? { q } : {}), ...search }, replace: true });
  return (
    <Page title={t('staff.queue.title')}>
      <SegmentedControl
        aria-label={t('staff.queue.shape')}
        data={[
          { value: 'list', label: t('staff.queue.list') },
          { value: 'board', label: t('staff.queue.board') },
        ]}
        value={as ?? 'list'}
        onChange={(value) => show({ as: value === 'board' ? 'board' : undefined })}
      />
      <SegmentedControl
        aria-label={t('staff.queue.queues')}
        data={queues.map((value) => ({
          value,
          label: `${t(`staff.queue.names.${value}`)}${counts ? ` (${counts[value]})` : ''}`,
        }))}
        value={queue}
        onChange={(value) => show({ queue: value })}
      />
      <TextInput
        label={t('staff.queue.search')}
        defaultValue={q}
        onKeyDown={(event) => {
          if (event.key === 'Enter') show({ q: event.currentTarget.value.trim() });
        }}
      />
      {as === 'board' ? (
        <Board q={q} />
      ) : (
        <Card>
          <PagedTable
            query={cases}
            label={t('staff.queue.title')}
            emptyIcon="message-circle"
            emptyText={t('staff.queue.none')}
            rowKey={(row) => row.id}
            columns={[
              {
                name: t('staff.queue.ticket'),
                show: (row) => (
                  <Link to="/staff/tickets/$ticketId" params={{ ticketId: row.id }} className="tall-link">
                    {row.number} · {row.subject}
                  </Link>
                ),
              },
              { name: t('staff.queue.status'), show: (row) => t(`staff.queue.states.${row.status}`) },
              { name: t('staff.queue.priority'), show: (row) => t(`staff.queue.priorities.${row.priority}`) },
              { name: t('staff.queue.promise'), show: (row) => <Promises clocks={row.promises ?? []} /> },
              { name: t('staff.queue.changed'), show: (row) => formatAgo(row.updated_at, locale()) },
            ]}
          />
        </Card>
      )}
    </Page>
  );
}
