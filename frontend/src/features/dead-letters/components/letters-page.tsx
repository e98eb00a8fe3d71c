import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { deadLettersQuery } from '@/lib/bank/dead-letters';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { replayLetter } from '../api/replay-letter';
import classes from './letters.module.css';

/** What could not be worked off, and why; each can be tried again. */
export function LettersPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const letters = useQuery(deadLettersQuery);
  const rows = letters.data?.items ?? [];
  const away = letters.data?.unreachable ?? [];
  const replaying = useMutation({
    mutationFn: replayLetter,
    onSettled: () => client.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
  return (
    <Page title={t('staff.letters.title')}>
      {away.length > 0 ? (
        <Alert role="status" color="red" variant="outline" icon={null}>
          {t('staff.away', { services: away.join(', ') })}
        </Alert>
      ) : null}
      <ProblemNotice error={replaying.error} />
      <Card>
        <ListStates query={letters} empty={rows.length === 0} emptyIcon="check" emptyText={t('staff.letters.none')}>
          <DataTable
            label={t('staff.letters.title')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { name: t('staff.audit.at'), show: (row) => formatMoment(row.created_at, locale()) },
              { name: t('staff.audit.service'), show: (row) => row.service },
              { name: t('staff.letters.what'), show: (row) => `${row.kind}: ${row.what}` },
              { name: t('staff.letters.error'), show: (row) => row.error ?? '' },
              {
                name: t('staff.letters.fact'),
                show: (row) =>
                  row.fact ? (
                    <details>
                      <summary className="tall-link">{t('staff.letters.show')}</summary>
                      <pre className={classes.fact}>{JSON.stringify(row.fact, null, 2)}</pre>
                    </details>
                  ) : null,
              },
              {
                name: t('staff.customers.do'),
                show: (row) => (
                  <Button
                    variant="default"
                    size="sm"
                    loading={replaying.isPending && replaying.variables === row.id}
                    onClick={() => replaying.mutate(row.id)}
                  >
                    {t('staff.letters.replay')}
                  </Button>
                ),
              },
            ]}
          />
        </ListStates>
      </Card>
    </Page>
  );
}
