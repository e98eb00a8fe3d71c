import { Button } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { useSecrecy } from '@/lib/bank/privacy';
import { formatAgo } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { type Item, wholeInboxQuery } from '../api/inbox';
import { markRead } from '../api/mark-read';
import classes from './inbox-page.module.css';

export function InboxPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const list = useInfiniteQuery(wholeInboxQuery);
  const { hidden } = useSecrecy();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const reading = useMutation({
    mutationFn: markRead,
    onSettled: () => client.invalidateQueries({ queryKey: ['inbox'] }),
  });
  return (
    <Page
      title={t('shell.inbox')}
      narrow
      actions={
        <LinkButton to="/inbox/preferences" variant="default" leftSection={<Icon name="settings" size={18} />}>
          {t('inbox.preferences')}
        </LinkButton>
      }
    >
      <Card>
        <ProblemNotice error={reading.error} />
        <ListStates query={list} empty={items.length === 0} emptyIcon="bell" emptyText={t('inbox.none')}>
          <ul className={classes.list}>
            {items.map((item) => (
              <Line key={item.id} item={item} hidden={hidden} onRead={() => reading.mutate(item.id)} />
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

type LineProps = { item: Item; hidden: boolean; onRead: () => void };

function Line({ item, hidden, onRead }: LineProps) {
  const { t } = useTranslation();
  const known = t(`inbox.kind.${item.kind}`, { defaultValue: item.title, ...item.params });
  return (
    <li className={classes.line} data-unread={item.read_at === null || undefined}>
      <span className={classes.words}>
        <span>
          {item.read_at === null ? <span className={classes.new}>{t('inbox.new')}</span> : null} {known}
        </span>
        <span className={classes.quiet}>{formatAgo(item.created_at, locale())}</span>
      </span>
      {item.amount_minor !== null && item.currency ? (
        <Amount minor={item.amount_minor} currency={item.currency} hidden={hidden} />
      ) : null}
      {item.read_at === null ? (
        <Button variant="subtle" size="sm" leftSection={<Icon name="check" size={16} />} onClick={onRead}>
          {t('inbox.markRead')}
        </Button>
      ) : null}
    </li>
  );
}
