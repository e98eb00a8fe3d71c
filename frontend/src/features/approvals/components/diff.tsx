import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { DataTable } from '@/components/data-table';
import type { Approval } from '@/lib/bank/approvals';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';

type DiffProps = { changes: Approval['changes']; currency: string | null };

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T.*Z$/;

/** What would be different afterwards, field by field, as people write it. */
export function Diff({ changes, currency }: DiffProps) {
  const { t } = useTranslation();
  if (changes.length === 0) return null;
  const named = changes.find((change) => change.field === 'currency');
  const money = currency ?? (typeof named?.after === 'string' ? named.after : null);
  return (
    <DataTable
      label={t('staff.approvals.changes')}
      rows={changes}
      rowKey={(change) => change.field}
      columns={[
        { name: t('staff.approvals.field'), show: (change) => nameOf(change.field) },
        { name: t('staff.approvals.before'), show: (change) => written(change.field, change.before, money) },
        {
          name: t('staff.approvals.after'),
          show: (change) => <strong>{written(change.field, change.after, money)}</strong>,
        },
      ]}
    />
  );
}

/** The bank's own name of a field, in words. */
function nameOf(field: string): string {
  return field.replace(/_(minor|basis_points)$/, '').replaceAll(/[_.]/g, ' ');
}

function written(field: string, value: unknown, currency: string | null) {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number' && field.endsWith('_minor') && currency) {
    return <Amount minor={value} currency={currency} />;
  }
  if (typeof value === 'number' && field.endsWith('_basis_points')) return percent(value);
  if (typeof value === 'string' && moment.test(value)) return formatMoment(value, locale());
  if (typeof value === 'string' && day.test(value)) return formatDay(value, locale());
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function percent(basisPoints: number): string {
  return new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}
