import { Button, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import type { texts } from '@/config/texts/en/all';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { looksQuery } from '../api/looks';
import { lookedAt } from './looked-at';
import classes from './security.module.css';

type Role = keyof typeof texts.security.role;

/** Who of the bank looked at what, and when: the role, since a name would expose whoever did their work. */
export function LooksCard() {
  const { t } = useTranslation();
  const list = useInfiniteQuery(looksQuery);
  const looks = list.data?.pages.flatMap((page) => page.items) ?? [];
  const roles = (names: string[]) => names.map((name) => t(`security.role.${name as Role}`)).join(', ');
  return (
    <Card title={t('security.looks')}>
      <Text size="sm" c="dimmed">
        {t('security.looksText')}
      </Text>
      <ListStates query={list} empty={looks.length === 0} emptyIcon="shield-lock" emptyText={t('security.noLooks')}>
        <ul className={classes.list} aria-label={t('security.looks')}>
          {looks.map((look, position) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: looks have no id, and two may be of one moment
            <li key={`${look.at} ${position}`} className={classes.line}>
              <span className={classes.words}>
                <span>{t(`security.lookedAt.${lookedAt(look.what)}`)}</span>
                <span className={classes.quiet}>{roles(look.roles)}</span>
                {look.reason ? <span className={classes.quiet}>{look.reason}</span> : null}
              </span>
              <span className={classes.quiet}>{formatMoment(look.at, locale())}</span>
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
