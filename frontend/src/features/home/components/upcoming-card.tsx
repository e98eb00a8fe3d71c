import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { ListStates } from '@/components/list-states';
import { upcomingQuery } from '@/lib/bank/upcoming';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { holdsOfQuery } from '../api/holds-of';

const MOST = 6;
type Coming = { id: string; at: string; row: [name: string, value: ReactNode] };

/** Of each order the next day alone: the days after it stand with the order. */
function nextOfEach<Order extends { order_id: string }>(orders: Order[]): Order[] {
  return orders.filter((order, position) => orders.findIndex((one) => one.order_id === order.order_id) === position);
}

/** What will leave the accounts: standing orders by their day, and what is set aside until when. Soonest first. */
export function UpcomingCard({ accountIds, hidden }: { accountIds: string[]; hidden: boolean }) {
  const { t } = useTranslation();
  const holds = useQueries({ queries: accountIds.map(holdsOfQuery) });
  const orders = useQuery(upcomingQuery);
  const answers = [...holds, orders];
  const coming: Coming[] = [
    ...holds
      .flatMap((one) => one.data ?? [])
      .map((hold): Coming => {
        const until = t('home.until', { date: formatMoment(hold.expires_at, locale()) });
        const open = hold.amount_minor - hold.captured_minor - hold.released_minor;
        return {
          id: hold.id,
          at: hold.expires_at,
          row: [
            `${hold.description || t('transactions.type.capture')} · ${until}`,
            <Amount key={hold.id} minor={open} currency={hold.currency} hidden={hidden} />,
          ],
        };
      }),
    ...nextOfEach(orders.data ?? []).map((order): Coming => {
      const to = order.description || groupedIban(order.to_account_number);
      return {
        id: `${order.order_id} ${order.due_on}`,
        at: order.due_on,
        row: [
          `${to} · ${formatDay(order.due_on, locale())}`,
          <Amount key={order.due_on} minor={order.amount_minor} currency={order.currency} hidden={hidden} />,
        ],
      };
    }),
  ].sort((one, other) => one.at.localeCompare(other.at));
  const error = answers.find((one) => one.error)?.error ?? null;
  // What failed stays said while the rest is still on its way: a way to try again must not vanish under the hand.
  const whole = {
    isPending: error === null && answers.some((one) => one.isPending),
    error,
    data: answers.every((one) => one.data !== undefined) ? coming : undefined,
    refetch: () => Promise.all(answers.map((one) => one.refetch())),
  };
  return (
    <Card title={t('home.upcoming')}>
      <ListStates
        query={whole}
        empty={coming.length === 0}
        emptyIcon="calendar"
        emptyText={t('home.nothingUpcoming')}
        rows={1}
      >
        <Facts rows={coming.slice(0, MOST).map((one) => one.row)} />
      </ListStates>
    </Card>
  );
}
