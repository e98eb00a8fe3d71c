import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { ProblemNotice } from '@/components/problem-notice';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { deliveriesQuery, deliveryStates } from '../api/deliveries';
import { resend } from '../api/resend';

const again = ['failed', 'maybe-sent'];

/** The bank's mails: whether they went out, why not, and the way to send one again. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const wished = useSearch({ from: '/staff/deliveries' }).state;
  const state = deliveryStates.find((one) => one === wished);
  const deliveries = useInfiniteQuery(deliveriesQuery(state));
  const resending = useMutation({
    mutationFn: resend,
    onSettled: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  return (
    <Page title={t('staff.places.deliveries')}>
      <NativeSelect
        label={t('staff.customers.status')}
        data={[
          { value: '', label: t('staff.deliveries.every') },
          ...deliveryStates.map((value) => ({ value, label: t(`staff.deliveries.states.${value}`) })),
        ]}
        value={state ?? ''}
        onChange={(event) =>
          void navigate({
            to: '/staff/deliveries',
            search: { state: event.currentTarget.value || undefined },
            replace: true,
          })
        }
      />
      <Card>
        <ProblemNotice error={resending.error} />
        <PagedTable
          query={deliveries}
          label={t('staff.places.deliveries')}
          emptyIcon="send"
          emptyText={t('staff.deliveries.none')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.audit.at'), show: (row) => formatMoment(row.created_at, locale()) },
            { name: t('staff.letters.what'), show: (row) => row.template },
            { name: t('staff.deliveries.to'), show: (row) => row.recipient_id },
            { name: t('staff.customers.status'), show: (row) => t(`staff.deliveries.states.${row.state}`) },
            { name: t('staff.day.tries'), show: (row) => row.attempts, number: true },
            { name: t('staff.letters.error'), show: (row) => row.last_error ?? '' },
            {
              name: t('staff.customers.do'),
              show: (row) =>
                again.includes(row.state) ? (
                  <Button
                    variant="default"
                    size="sm"
                    loading={resending.isPending && resending.variables === row.id}
                    onClick={() => resending.mutate(row.id)}
                  >
                    {t('staff.deliveries.resend')}
                  </Button>
                ) : null,
            },
          ]}
        />
      </Card>
    </Page>
  );
}
