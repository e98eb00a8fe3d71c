import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { EmptyState } from '@/components/empty-state';
import { Facts } from '@/components/facts';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import type { Schemas } from '@/lib/api/client';
import { useSecrecy } from '@/lib/bank/privacy';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { orderQuery } from '../api/order';
import type { StandingOrder } from '../api/orders';
import { OrderActions } from './order-actions';
import classes from './orders.module.css';

/** One standing order: what it is, when it comes about, and what came about of it. */
export function OrderPage() {
  const { t } = useTranslation();
  const { orderId } = useParams({ from: '/house/standing-orders/$orderId' });
  const order = useQuery(orderQuery(orderId));
  const { hidden } = useSecrecy();
  const found = order.data;
  return (
    <Page
      title={found?.description || t('orders.one')}
      narrow
      actions={
        <LinkButton to="/standing-orders" variant="default" leftSection={<Icon name="arrow-left" size={18} />}>
          {t('orders.all')}
        </LinkButton>
      }
    >
      <ListStates query={order} empty={false} emptyIcon="repeat" emptyText="" rows={6}>
        {found ? (
          <>
            <Card>
              <Group>
                <Badge variant="default">{t(`orders.status.${found.status}`)}</Badge>
              </Group>
              <OrderFacts order={found} hidden={hidden} />
              <OrderActions order={found} />
            </Card>
            {found.upcoming.length > 0 ? (
              <Card title={t('orders.nextDays')}>
                <ul className={classes.days}>
                  {found.upcoming.map((day) => (
                    <li key={day}>{formatDay(day, locale())}</li>
                  ))}
                </ul>
              </Card>
            ) : null}
            <Occurrences order={found} />
          </>
        ) : null}
      </ListStates>
    </Page>
  );
}

function Occurrences({ order }: { order: StandingOrder }) {
  const { t } = useTranslation();
  return (
    <Card title={t('orders.history')}>
      {order.occurrences.length === 0 ? (
        <EmptyState icon="history" text={t('orders.noHistory')} />
      ) : (
        <ul className={classes.list}>
          {order.occurrences.map((one) => (
            <Occurrence key={one.nominal_on} one={one} accountId={order.from_account_id} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Occurrence({ one, accountId }: { one: Schemas['OccurrenceAnswer']; accountId: string }) {
  const { t } = useTranslation();
  const refusal = one.refusal ? (one.refusal.replace('.', '_') as 'transactions_insufficient-funds') : null;
  return (
    <li className={classes.line}>
      <span className={classes.day}>{formatDay(one.due_on, locale())}</span>
      <span className={classes.words}>
        {t(`orders.state.${one.state}`)}
        {one.state === 'booked' || !refusal ? null : (
          <span className={classes.quiet}>
            {t(`problems.${refusal}.title`, { defaultValue: one.refusal ?? '' })} ·{' '}
            {t('orders.tries', { count: one.tries })}
            {one.next_try_on ? ` · ${t('orders.nextTry', { date: formatDay(one.next_try_on, locale()) })}` : ''}
          </span>
        )}
      </span>
      {one.transaction_id ? (
        <LinkButton
          to="/accounts/$accountId/movements/$transactionId"
          params={{ accountId, transactionId: one.transaction_id }}
          variant="subtle"
          size="sm"
        >
          {t('orders.see')}
        </LinkButton>
      ) : null}
    </li>
  );
}

function OrderFacts({ order, hidden }: { order: StandingOrder; hidden: boolean }) {
  const { t } = useTranslation();
  const rows: [string, ReactNode][] = [
    [
      t('payments.amount', { currency: order.currency }),
      <Amount key="amount" minor={order.amount_minor} currency={order.currency} hidden={hidden} strong />,
    ],
    [t('payments.number'), groupedIban(order.to_account_number)],
    [t('orders.rhythmLabel'), t(`orders.rhythm.${order.rhythm}`)],
    [t('orders.start'), formatDay(order.start_on, locale())],
  ];
  if (order.rhythm !== 'once') {
    rows.push([t('orders.end'), order.end_on ? formatDay(order.end_on, locale()) : t('orders.noEnd')]);
  }
  rows.push([t('orders.holidays'), t(`orders.calendar.${order.calendar_rule}`)]);
  return <Facts rows={rows} />;
}
