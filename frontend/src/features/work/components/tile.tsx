import { Skeleton } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './work.module.css';

type TileProps = {
  name: string;
  query: { isPending: boolean; error: unknown };
  /** How many rows the list behind it has. */
  count: number;
  /** The list goes on after the page that was counted. */
  more?: boolean;
  to: LinkProps['to'];
  search?: LinkProps['search'];
};

/** A number of things to do; it leads to exactly those things. */
export function Tile({ name, query, count, more = false, to, search }: TileProps) {
  const { t } = useTranslation();
  return (
    <Link to={to} search={search ?? {}} className={classes.tile}>
      {query.isPending ? (
        <Skeleton height={38} width={48} role="status" aria-label={t('common.loading')} />
      ) : query.error ? (
        <span className={classes.quiet}>{t('staff.work.unknown')}</span>
      ) : (
        <span className={classes.count}>
          {count}
          {more ? '+' : ''}
        </span>
      )}{' '}
      <span>{name}</span>
    </Link>
  );
}
