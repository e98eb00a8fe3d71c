import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { useSecrecy } from '@/lib/bank/privacy';
import { upcomingQuery } from '@/lib/bank/upcoming';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { ordersQuery, type StandingOrder } from '../api/orders';
import classes from './orders.module.css';

const SOON = 8;

/** What repeats by itself: what is to come, by its day, and the orders that it comes from. */
export function OrdersPage() {
  const { t } = useTranslation();
  const orders = useQuery(ordersQuery);
  const { hidden } = useSecrecy();
  const lasting = (orders.data ?? []).filter((order) => order.status === 'active' || order.status === 'paused');
  const over = (orders.data ?? []).filter((order) => order.status === 'ended' || order.status === 'cancelled');
  const make = (
    <LinkButton to="/standing-orders/new" leftSection={<Icon name="plus" size={18} />}>
      {t('orders.make')}
    </LinkButton>
  );
  return (
    <Page title={t('orders.title')} actions={make}>
      <UpcomingCard hidden={hidden} />
      <Card title={t('orders.yours')}>
        <ListStates query={orders} empty={lasting.length === 0} emptyIcon="repeat" emptyText={t('orders.none')}>
          <OrderList orders={lasting} hidden={hidden} label={t('orders.yours')} />
        </ListStates>
      </Card>
      {over.length > 0 ? (
        <Card title={t('orders.past')}>
          <OrderList orders={over} hidden={hidden} label={t('orders.past')} />
        </Card>
      ) : null}
    </Page>
  );
}

function UpcomingCard({ hidden }: { hidden: boolean }) {
  const { t } = useTranslation();
  const upcoming = useQuery(upcomingQuery);
  return (
    <Card title={t('orders.upcoming')}>
      <ListStates
        query={upcoming}
        empty={upcoming.data?.length === 0}
        emptyIcon="calendar"
        emptyText={t('orders.nothingUpcoming')}
      >
        <ul className={classes.list} aria-label={t('orders.upcoming')}>
          {upcoming.data?.slice(0, SOON).map((item) => (
            <li key={`${item.order_id} ${item.due_on}`} className={classes.line}>
              <span className={classes.day}>{formatDay(item.due_on, locale())}</span>
              <span className={classes.words}>{item.description || groupedIban(item.to_account_number)}</span>
              <Amount minor={-item.amount_minor} currency={item.currency} kind="movement" hidden={hidden} />
            </li>
          ))}
        </ul>
      </ListStates>
    </Card>
  );
}

type OrderListProps = { orders: StandingOrder[]; hidden: boolean; label: string };

function OrderList({ orders, hidden, label }: OrderListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list} aria-label={label}>
      {orders.map((order) => (
        <li key={order.id}>
          <Link to="/standing-orders/$orderId" params={{ orderId: order.id }} className={classes.row}>
            <span className={classes.words}>
              <strong>{order.description || groupedIban(order.to_account_number)}</strong>
              <span className={classes.quiet}>
                {t(`orders.rhythm.${order.rhythm}`)}
                {order.next_due_on && order.status === 'active'
                  ? ` · ${t('orders.next', { date: formatDay(order.next_due_on, locale()) })}`
                  : ''}
              </span>
            </span>
            {order.status === 'active' ? null : <Badge variant="default">{t(`orders.status.${order.status}`)}</Badge>}
            <Amount minor={order.amount_minor} currency={order.currency} hidden={hidden} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
