import { Alert, Badge, Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { PagedTable } from '@/components/paged-table';
import { ProblemNotice } from '@/components/problem-notice';
import { hasFailed, type Job, jobsQuery } from '@/lib/bank/jobs';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { deadRunsQuery } from '../api/dead-runs';
import { runAgain } from '../api/run-again';

/** What the services do by themselves; those that failed stand first, with the runs that gave up. */
export function JobsCard() {
  const { t } = useTranslation();
  const jobs = useQuery(jobsQuery);
  const [chosen, setChosen] = useState<Job | null>(null);
  const rows = (jobs.data?.items ?? []).toSorted((one, other) => Number(hasFailed(other)) - Number(hasFailed(one)));
  const away = jobs.data?.unreachable ?? [];
  return (
    <Card title={t('staff.day.jobs')}>
      {away.length > 0 ? (
        <Alert role="status" color="red" variant="outline" icon={null}>
          {t('staff.away', { services: away.join(', ') })}
        </Alert>
      ) : null}
      <ListStates query={jobs} empty={rows.length === 0} emptyIcon="refresh" emptyText={t('staff.day.noJobs')}>
        <DataTable
          label={t('staff.day.jobs')}
          rows={rows}
          rowKey={(job) => `${job.service} ${job.kind}`}
          columns={[
            { name: t('staff.audit.service'), show: (job) => job.service },
            { name: t('staff.day.job'), show: (job) => job.purpose || job.kind },
            {
              name: t('staff.day.state'),
              show: (job) => (
                <Badge variant="outline" color={hasFailed(job) ? 'red' : 'gray'}>
                  {t(`staff.day.jobStates.${job.state}`)}
                </Badge>
              ),
            },
            {
              name: t('staff.day.last'),
              show: (job) => (job.last_run_at ? formatMoment(job.last_run_at, locale()) : ''),
            },
            {
              name: t('staff.day.due'),
              show: (job) => (job.next_run_at ? formatMoment(job.next_run_at, locale()) : ''),
            },
            {
              name: t('staff.day.dead'),
              show: (job) =>
                job.dead > 0 ? (
                  <Button variant="default" size="sm" onClick={() => setChosen(job)}>
                    {t('staff.day.seeDead', { count: job.dead })}
                  </Button>
                ) : (
                  job.dead
                ),
            },
          ]}
        />
      </ListStates>
      {chosen ? <DeadRuns job={chosen} /> : null}
    </Card>
  );
}

function DeadRuns({ job }: { job: Job }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const mayRun = useMay('jobs.again');
  const runs = useInfiniteQuery(deadRunsQuery(job));
  const running = useMutation({
    mutationFn: runAgain,
    onSettled: () => client.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return (
    <>
      <ProblemNotice error={running.error} />
      <PagedTable
        query={runs}
        label={t('staff.day.deadOf', { job: job.kind })}
        emptyIcon="check"
        emptyText={t('staff.day.noDead')}
        rowKey={(run) => run.id}
        columns={[
          { name: t('staff.day.began'), show: (run) => formatMoment(run.created_at, locale()) },
          { name: t('staff.letters.error'), show: (run) => run.last_error ?? '' },
          { name: t('staff.day.tries'), show: (run) => run.attempts, number: true },
          {
            name: t('staff.customers.do'),
            show: (run) =>
              mayRun ? (
                <Button variant="default" size="sm" loading={running.isPending} onClick={() => running.mutate(run)}>
                  {t('staff.day.runAgain')}
                </Button>
              ) : null,
          },
        ]}
      />
    </>
  );
}
