import { Badge, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { formatAgo } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { ticketsQuery } from '../api/tickets';
import classes from './tickets.module.css';

export function TicketsPage() {
  const { t } = useTranslation();
  const list = useInfiniteQuery(ticketsQuery);
  const tickets = list.data?.pages.flatMap((page) => page.items) ?? [];
  const raise = (
    <LinkButton to="/tickets/new" leftSection={<Icon name="plus" size={18} />}>
      {t('tickets.raise')}
    </LinkButton>
  );
  return (
    <Page title={t('shell.support')} actions={raise}>
      <Card>
        <ListStates query={list} empty={tickets.length === 0} emptyIcon="message-circle" emptyText={t('tickets.none')}>
          <ul className={classes.list}>
            {tickets.map((ticket) => (
              <li key={ticket.id}>
                <Link to="/tickets/$ticketId" params={{ ticketId: ticket.id }} className={classes.row}>
                  <span className={classes.subject}>
                    <strong>{ticket.subject}</strong>
                    <span className={classes.quiet}>
                      {ticket.number} · {t(`tickets.type.${ticket.type}`)} · {formatAgo(ticket.updated_at, locale())}
                    </span>
                  </span>
                  <Badge variant="default">{t(`tickets.status.${ticket.status}`)}</Badge>
                </Link>
              </li>
            ))}
          </ul>
          {list.hasNextPage ? (
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          ) : null}
        </ListStates>
      </Card>
    </Page>
  );
}
