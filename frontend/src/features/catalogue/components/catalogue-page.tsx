import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { productsQuery } from '@/lib/bank/products';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { formatPercent } from '@/lib/money';
import { useMay } from '@/lib/staff';
import { ratesQuery } from '../api/rates';
import { RateForm } from './rate-form';
import { TermsForm } from './terms-form';
import { TimelineCard } from './timeline-card';

/** What the bank offers, and what it pays and asks for it, day by day. */
export function CataloguePage() {
  const { t } = useTranslation();
  const products = useQuery(productsQuery);
  const rates = useInfiniteQuery(ratesQuery());
  const maySet = useMay('rates.set');
  const mayChange = useMay('products.change');
  const rows = products.data ?? [];
  return (
    <Page title={t('staff.catalogue.title')}>
      <Card title={t('staff.catalogue.products')}>
        <ListStates query={products} empty={rows.length === 0} emptyIcon="wallet" emptyText={t('staff.catalogue.none')}>
          <DataTable
            label={t('staff.catalogue.products')}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              { name: t('staff.catalogue.name'), show: (row) => row.name },
              { name: t('staff.books.kind'), show: (row) => row.kind },
              { name: t('staff.catalogue.currencies'), show: (row) => row.currencies.join(', ') },
              {
                name: t('staff.catalogue.minimum'),
                show: (row) => <Amount minor={row.min_balance_minor} currency={row.currencies[0] ?? 'EUR'} />,
                number: true,
              },
              {
                name: t('staff.catalogue.rate'),
                show: (row) => (row.rate_basis_points === null ? '' : formatPercent(row.rate_basis_points, locale())),
                number: true,
              },
            ]}
          />
        </ListStates>
        {mayChange ? <TermsForm products={rows} /> : null}
      </Card>
      <TimelineCard products={rows} rates={rates.data?.pages.flatMap((page) => page.items) ?? []} />
      <Card title={t('staff.catalogue.rates')}>
        <PagedTable
          query={rates}
          label={t('staff.catalogue.rates')}
          emptyIcon="percentage"
          emptyText={t('staff.catalogue.noRates')}
          rowKey={(row) => row.id}
          columns={[
            { name: t('staff.catalogue.product'), show: (row) => row.product },
            { name: t('staff.catalogue.side'), show: (row) => row.side },
            {
              name: t('staff.catalogue.rate'),
              show: (row) => formatPercent(row.rate_basis_points, locale()),
              number: true,
            },
            { name: t('staff.audit.from'), show: (row) => formatDay(row.effective_from, locale()) },
            {
              name: t('staff.customers.until'),
              show: (row) => (row.effective_to ? formatDay(row.effective_to, locale()) : ''),
            },
            { name: t('staff.reason'), show: (row) => row.note ?? '' },
            { name: t('staff.by'), show: (row) => row.created_by },
          ]}
        />
        {maySet ? <RateForm products={rows} /> : null}
      </Card>
    </Page>
  );
}
