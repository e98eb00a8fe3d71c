import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import type { Schemas } from '@/lib/api/client';
import { locale } from '@/lib/i18n';
import { servicesQuery } from '../api/services';

type Service = Schemas['ServiceAnswer'];

/** The four figures of each service, and its dashboard: what to look at first when something is slow. */
export function ServicesPage() {
  const { t } = useTranslation();
  const services = useQuery(servicesQuery);
  const rows = services.data?.items ?? [];
  const hasDashboards = rows.some((row) => row.dashboard);
  const minutes = Math.max(1, Math.round((rows[0]?.window_seconds ?? 0) / 60));
  return (
    <Page title={t('staff.places.services')}>
      <Card title={t('staff.services.window', { count: minutes })}>
        <ListStates query={services} empty={rows.length === 0} emptyIcon="dots" emptyText={t('staff.services.none')}>
          <DataTable
            label={t('staff.places.services')}
            rows={rows}
            rowKey={(row) => row.service}
            columns={[
              { name: t('staff.audit.service'), show: (row) => row.service },
              { name: t('staff.day.state'), show: (row) => t(`staff.services.states.${row.state}`) },
              { name: t('staff.services.traffic'), show: (row) => written(row.requests_per_second, 2), number: true },
              { name: t('staff.services.errors'), show: (row) => errors(row), number: true },
              { name: t('staff.services.half'), show: (row) => milliseconds(row.p50_ms), number: true },
              { name: t('staff.services.most'), show: (row) => milliseconds(row.p95_ms), number: true },
              { name: t('staff.services.nearly'), show: (row) => milliseconds(row.p99_ms), number: true },
              {
                name: t('staff.services.load'),
                show: (row) => `${written(row.in_flight)} / ${written(row.in_flight_limit)}`,
                number: true,
              },
              ...(hasDashboards
                ? [{ name: t('staff.services.dashboard'), show: (row: Service) => <Dashboard service={row} /> }]
                : []),
            ]}
          />
          <Text size="sm" c="dimmed">
            {t('staff.services.about')}
          </Text>
        </ListStates>
      </Card>
    </Page>
  );
}

function Dashboard({ service }: { service: Service }) {
  const { t } = useTranslation();
  if (!service.dashboard) return null;
  return (
    <Anchor
      className="tall-link"
      href={service.dashboard}
      target="_blank"
      rel="noreferrer"
      aria-label={t('staff.services.openOf', { service: service.service })}
    >
      {t('staff.services.open')}
    </Anchor>
  );
}

function written(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

function errors(service: Service): string {
  const share = new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 });
  return `${written(service.faults)} (${share.format(service.fault_share)})`;
}

function milliseconds(value: number | null): string {
  return value === null ? '–' : `${written(value, 1)} ms`;
}
