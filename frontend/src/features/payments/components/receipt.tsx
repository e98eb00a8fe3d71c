import { Alert, Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import type { Order } from '../order';

const titles = {
  transfer: 'payments.booked',
  deposit: 'payments.bookedDeposit',
  withdrawal: 'payments.bookedWithdrawal',
} as const;

/** What was booked. Whoever comes back to it is told that it was once. */
export function Receipt({ order, again }: { order: Order; again: boolean }) {
  const { t } = useTranslation();
  const { booked } = order;
  if (!booked) return null;
  const rows: [string, ReactNode][] = [
    [
      t('payments.amount', { currency: order.currency }),
      <Amount key="a" minor={order.amountMinor} currency={order.currency} strong />,
    ],
  ];
  if (order.payeeName) rows.push([t('payments.to'), order.payeeName]);
  if (order.toAccountNumber) rows.push([t('payments.number'), groupedIban(order.toAccountNumber)]);
  if (order.description) rows.push([t('payments.text'), order.description]);
  rows.push([t('accounts.bookedAt'), formatMoment(booked.booked_at, locale())], [t('accounts.reference'), booked.id]);
  const params = { accountId: order.fromAccountId, transactionId: booked.id };
  return (
    <Card>
      <Alert role="status" variant="outline" icon={<Icon name="check" />} title={t(titles[order.kind])}>
        {again ? t('payments.alreadySent') : order.kind === 'transfer' ? t('payments.bookedText') : null}
      </Alert>
      <Facts rows={rows} />
      <Group className="not-printed">
        <LinkButton to="/accounts/$accountId/movements/$transactionId" params={params}>
          {t('payments.see')}
        </LinkButton>
        <Button variant="default" leftSection={<Icon name="receipt" size={18} />} onClick={() => window.print()}>
          {t('accounts.receipt')}
        </Button>
        <LinkButton to={order.kind === 'transfer' ? '/pay' : '/cash'} search={{}} variant="subtle">
          {t('payments.another')}
        </LinkButton>
      </Group>
    </Card>
  );
}
