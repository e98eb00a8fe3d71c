import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { signInsQuery } from '../api/sign-ins';
import classes from './security.module.css';

export function SignInsCard() {
  const { t } = useTranslation();
  const list = useInfiniteQuery(signInsQuery);
  const events = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t('security.signIns')}>
      <ListStates query={list} empty={events.length === 0} emptyIcon="history" emptyText={t('common.none')}>
        <ul className={classes.list}>
          {events.map((event) => (
            <li key={event.id} className={classes.line}>
              <span className={classes.words}>
                <span>{t(`security.event.${event.kind}`)}</span>
                <span className={classes.quiet}>
                  {event.address} · {event.agent}
                </span>
              </span>
              <span className={classes.quiet}>{formatMoment(event.at, locale())}</span>
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
  );
}
