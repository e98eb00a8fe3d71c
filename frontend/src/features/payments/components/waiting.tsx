import { Alert, Group } from '@mantine/core';
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

/** What was ordered and not booked: the other owners of the account sign first. */
export function Waiting({ order, until }: { order: Order; until: string }) {
  const { t } = useTranslation();
  const when = formatMoment(until, locale());
  return (
    <Card>
      <Alert role="status" variant="outline" icon={<Icon name="history" />} title={t('signatures.paymentWaits')}>
        {t('signatures.paymentWaitsText', { when })}
      </Alert>
      <Facts
        rows={[
          [
            t('payments.amount', { currency: order.currency }),
            <Amount key="a" minor={order.amountMinor} currency={order.currency} strong />,
          ],
          [t('payments.number'), groupedIban(order.toAccountNumber ?? '')],
        ]}
      />
      <Group>
        <LinkButton to="/signatures">{t('signatures.title')}</LinkButton>
        <LinkButton to="/pay" search={{}} variant="subtle">
          {t('payments.another')}
        </LinkButton>
      </Group>
    </Card>
  );
}
