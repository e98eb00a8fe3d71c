import { Group, NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ReasonButton } from '@/components/reason-button';
import { businessDateQuery } from '@/lib/bank/business-date';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { holidaysQuery } from '../api/holidays';
import { withdrawHoliday } from '../api/withdraw-holiday';
import { HolidayForm } from './holiday-form';

const YEARS_AHEAD = 5;

/** On which days the bank is closed beside the weekends: by its calendar, and by its own decision. */
export function HolidaysPage() {
  const { t } = useTranslation();
  const mayChange = useMay('holidays.change');
  const today = useQuery(businessDateQuery).data?.business_date ?? '';
  const [year, setYear] = useState<number>();
  const holidays = useQuery({ ...holidaysQuery(year), placeholderData: keepPreviousData });
  const rows = holidays.data?.items ?? [];
  const shown = year ?? holidays.data?.year;
  const first = Number(today.slice(0, 4));
  const years = first ? Array.from({ length: YEARS_AHEAD + 2 }, (_, index) => String(first - 1 + index)) : [];
  return (
    <Page title={t('staff.holidays.title')}>
      <Group align="end">
        <NativeSelect
          label={t('staff.holidays.year')}
          data={years}
          value={shown === undefined ? '' : String(shown)}
          onChange={(event) => setYear(Number(event.currentTarget.value))}
        />
      </Group>
      <Card title={t('staff.holidays.of', { calendar: holidays.data?.calendar ?? '', year: shown ?? '' })}>
        <ListStates
          query={holidays}
          empty={rows.length === 0}
          emptyIcon="calendar"
          emptyText={t('staff.holidays.none')}
        >
          <DataTable
            label={t('staff.holidays.title')}
            rows={rows}
            rowKey={(row) => `${row.day} ${row.kind}`}
            columns={[
              { name: t('staff.holidays.day'), show: (row) => formatDay(row.day, locale()) },
              { name: t('staff.catalogue.name'), show: (row) => row.name },
              { name: t('staff.holidays.kind'), show: (row) => t(`staff.holidays.kinds.${row.kind}`) },
              { name: t('staff.reason'), show: (row) => row.reason ?? '' },
              { name: t('staff.by'), show: (row) => row.kept_by ?? '' },
              {
                name: t('staff.customers.do'),
                show: (row) =>
                  mayChange && row.kind === 'own' && row.day > today ? (
                    <ReasonButton
                      name={t('staff.holidays.withdraw')}
                      subject={`${formatDay(row.day, locale())}, ${row.name}`}
                      give={(reason, key) => withdrawHoliday(row.day, reason, key)}
                      changes={['holidays', 'business-date']}
                    />
                  ) : null,
              },
            ]}
          />
        </ListStates>
      </Card>
      {mayChange ? (
        <Card title={t('staff.holidays.new')}>
          <HolidayForm />
        </Card>
      ) : null}
    </Page>
  );
}
