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
import type { DeskOrder, Outcome } from '../desk-order';

type DeskReceiptProps = { order: DeskOrder; outcome: Outcome; onNext: () => void };

/** What was booked, to print and hand over; or that a second person has to agree first. */
export function DeskReceipt({ order, outcome, onNext }: DeskReceiptProps) {
  const { t } = useTranslation();
  const booked = 'booked' in outcome ? outcome.booked : null;
  const rows: [string, ReactNode][] = [
    [t('staff.find.type'), t(`staff.desk.kinds.${order.kind}`)],
    [t('staff.find.amount'), <Amount key="a" minor={order.amountMinor} currency={order.currency} strong />],
    [t('staff.desk.holder'), order.holder],
    [t('staff.desk.account'), groupedIban(order.accountNumber)],
  ];
  if (order.payeeNumber) rows.push([t('staff.desk.payee'), `${order.payeeName} ${groupedIban(order.payeeNumber)}`]);
  if (order.description) rows.push([t('staff.desk.text'), order.description]);
  if (booked) {
    rows.push([t('accounts.bookedAt'), formatMoment(booked.booked_at, locale())]);
    rows.push([t('accounts.reference'), booked.id]);
  }
  return (
    <Card>
      <Alert
        role="status"
        variant="outline"
        icon={<Icon name={booked ? 'check' : 'info-circle'} />}
        title={t(booked ? 'staff.desk.booked' : 'staff.desk.waiting')}
      >
        {booked ? null : t('staff.desk.waitingText')}
      </Alert>
      <Facts rows={rows} />
      <Group className="not-printed">
        <Button onClick={onNext}>{t('staff.desk.next')}</Button>
        {booked ? (
          <Button variant="default" leftSection={<Icon name="receipt" size={18} />} onClick={() => window.print()}>
            {t('accounts.receipt')}
          </Button>
        ) : (
          <LinkButton to="/staff/approvals" variant="default">
            {t('staff.places.approvals')}
          </LinkButton>
        )}
      </Group>
    </Card>
  );
}
