import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { customerTicketsQuery } from '../api/customer-tickets';

export function TicketsCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const tickets = useInfiniteQuery(customerTicketsQuery(customerId));
  return (
    <Card title={t('staff.places.tickets')}>
      <PagedTable
        query={tickets}
        label={t('staff.places.tickets')}
        emptyIcon="message-circle"
        emptyText={t('staff.customers.noTickets')}
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
          { name: t('staff.queue.changed'), show: (row) => formatMoment(row.updated_at, locale()) },
        ]}
      />
    </Card>
  );
}
