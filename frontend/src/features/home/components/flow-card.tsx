import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { flowOfMonthQuery } from '../api/flow-of-month';
import classes from './home-page.module.css';
import { type Week, weeklyFlow } from './weekly-flow';

const FlowChart = lazy(() => import('./flow-chart').then((file) => ({ default: file.FlowChart })));

/** Money in and out as a chart, or as the table that says the same. */
export function FlowCard({ currency }: { currency: string }) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const flow = useQuery(flowOfMonthQuery);
  const weeks = weeklyFlow(flow.data ?? [], currency);
  const toggle = (
    <Button variant="subtle" size="sm" onClick={() => setAsTable(!asTable)}>
      {t(asTable ? 'home.flowChart' : 'home.flowTable')}
    </Button>
  );
  return (
    <Card title={t('home.flow')} aside={weeks.length > 0 ? toggle : undefined}>
      <ListStates query={flow} empty={weeks.length === 0} emptyIcon="arrows-exchange" emptyText={t('home.noFlow')}>
        <p className={classes.quiet}>{t('home.flowDays')}</p>
        {asTable ? (
          <FlowTable weeks={weeks} currency={currency} />
        ) : (
          <Suspense fallback={<div className={classes.chart} />}>
            <div aria-hidden="true" className={classes.chart}>
              <FlowChart weeks={weeks} currency={currency} />
            </div>
            <div className="for-screen-readers">
              <FlowTable weeks={weeks} currency={currency} />
            </div>
          </Suspense>
        )}
      </ListStates>
    </Card>
  );
}

function FlowTable({ weeks, currency }: { weeks: Week[]; currency: string }) {
  const { t } = useTranslation();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('home.flowFrom')}</th>
          <th scope="col">{t('home.flowIn')}</th>
          <th scope="col">{t('home.flowOut')}</th>
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.from}>
            <th scope="row">{formatDay(week.from, locale())}</th>
            <td>
              <Amount minor={week.inMinor} currency={currency} />
            </td>
            <td>
              <Amount minor={week.outMinor} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
