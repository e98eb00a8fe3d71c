import { Button, Group, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { ProblemNotice } from '@/components/problem-notice';
import { businessDateQuery } from '@/lib/bank/business-date';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { advanceDays } from '../api/advance-days';
import { endsOfDayQuery } from '../api/ends-of-day';
import { JobsCard } from './jobs-card';

/** The bank's own day: where it stands, how it ended before, and what runs by itself. */
export function DayPage() {
  const { t } = useTranslation();
  const today = useQuery({ ...businessDateQuery, staleTime: 0, refetchInterval: 3_000 });
  const ends = useInfiniteQuery(endsOfDayQuery());
  const mayAdvance = useMay('day.advance');
  const found = today.data;
  return (
    <Page
      title={t('staff.day.title')}
      actions={
        <LinkButton to="/staff/day/holidays" variant="default" size="sm">
          {t('staff.holidays.title')}
        </LinkButton>
      }
    >
      <Card title={t('staff.day.today')}>
        <ListStates query={today} empty={false} emptyIcon="calendar" emptyText="">
          {found ? (
            <Facts
              rows={[
                [t('staff.day.businessDate'), formatDay(found.business_date, locale())],
                [t('staff.day.bankNow'), formatMoment(found.bank_now, locale())],
                [t('staff.day.state'), t(`staff.day.states.${found.state}`)],
                [t('staff.day.endsAt'), formatMoment(found.ends_at, locale())],
                [t('staff.day.next'), formatDay(found.next_business_date, locale())],
                ...(found.state === 'advancing'
                  ? [
                      [t('staff.day.progress'), `${found.days_done ?? 0}/${found.days ?? 0} ${found.step ?? ''}`] as [
                        string,
                        string,
                      ],
                    ]
                  : []),
              ]}
            />
          ) : null}
          {mayAdvance ? <Advance busy={found?.state === 'advancing'} /> : null}
        </ListStates>
      </Card>
      <Card title={t('staff.day.ends')}>
        <PagedTable
          query={ends}
          label={t('staff.day.ends')}
          emptyIcon="calendar"
          emptyText={t('staff.day.noEnds')}
          rowKey={(row) => row.job_id}
          columns={[
            { name: t('staff.day.businessDate'), show: (row) => formatDay(row.business_date, locale()) },
            { name: t('staff.day.next'), show: (row) => formatDay(row.next_date, locale()) },
            { name: t('staff.day.state'), show: (row) => t(`staff.day.endStates.${row.state}`) },
            {
              name: t('staff.day.steps'),
              show: (row) => row.steps.map((step) => `${step.name} ${step.done}`).join(', '),
            },
            { name: t('staff.day.began'), show: (row) => formatMoment(row.started_at, locale()) },
            {
              name: t('staff.day.finished'),
              show: (row) => (row.finished_at ? formatMoment(row.finished_at, locale()) : ''),
            },
          ]}
        />
      </Card>
      <JobsCard />
    </Page>
  );
}

/** The time machine: the bank refuses it outside the sandbox. */
function Advance({ busy }: { busy: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [days, setDays] = useState(1);
  const [reason, setReason] = useState('');
  const advancing = useMutation({
    mutationFn: () => advanceDays(days, reason.trim()),
    onSettled: () => client.invalidateQueries({ queryKey: ['business-date'] }),
  });
  return (
    <>
      <ProblemNotice error={advancing.error} />
      <Group align="end">
        <TextInput
          type="number"
          label={t('staff.day.days')}
          min={1}
          max={366}
          value={days}
          onChange={(event) => setDays(Math.max(1, Number(event.currentTarget.value) || 1))}
        />
        <TextInput
          label={t('staff.reason')}
          maxLength={140}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button
          loading={advancing.isPending}
          disabled={busy || reason.trim() === ''}
          onClick={() => advancing.mutate()}
        >
          {t('staff.day.advance', { count: days })}
        </Button>
      </Group>
    </>
  );
}
