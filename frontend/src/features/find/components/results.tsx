import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Facts } from '@/components/facts';
import type { Schemas } from '@/lib/api/client';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import classes from './find.module.css';

type ResultsProps = {
  found: {
    customers: Schemas['CustomerAnswer'][];
    tickets: Schemas['TicketAnswer'][];
    transaction: Schemas['TransactionAnswer'] | null;
  };
};

export function Results({ found: { customers, tickets, transaction } }: ResultsProps) {
  const { t } = useTranslation();
  return (
    <>
      {customers.length > 0 ? (
        <ul className={classes.list} aria-label={t('staff.find.customers')}>
          {customers.map((customer) => (
            <li key={customer.id}>
              <Link to="/staff/customers/$customerId" params={{ customerId: customer.id }} className={classes.row}>
                <strong>
                  {customer.first_name} {customer.last_name}
                </strong>
                <span className={classes.quiet}>
                  {customer.email} · {customer.phone} · {customer.branch_id}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {tickets.length > 0 ? (
        <ul className={classes.list} aria-label={t('staff.places.tickets')}>
          {tickets.map((ticket) => (
            <li key={ticket.id}>
              <Link to="/staff/tickets/$ticketId" params={{ ticketId: ticket.id }} className={classes.row}>
                <strong>
                  {ticket.number} · {ticket.subject}
                </strong>
                <span className={classes.quiet}>{t(`staff.queue.states.${ticket.status}`)}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {transaction ? (
        <section aria-label={t('staff.find.transaction')}>
          <Text fw={600}>{t('staff.find.transaction')}</Text>
          <Facts
            rows={[
              [
                t('accounts.reference'),
                <Link
                  key="id"
                  to="/staff/transactions/$transactionId"
                  params={{ transactionId: transaction.id }}
                  className="tall-link"
                >
                  {transaction.id}
                </Link>,
              ],
              [t('staff.find.type'), t(`transactions.type.${transaction.type}`)],
              [
                t('staff.find.amount'),
                <Amount key="a" minor={transaction.amount_minor} currency={transaction.currency} strong />,
              ],
              [t('accounts.bookedAt'), formatMoment(transaction.booked_at, locale())],
              [t('staff.find.text'), transaction.description],
            ]}
          />
        </section>
      ) : null}
    </>
  );
}
