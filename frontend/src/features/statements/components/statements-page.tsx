import { Badge, Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AccountSelect } from '@/components/account-select';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { DownloadLink } from '@/components/download-link';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { accountsQuery } from '@/lib/bank/accounts';
import { useSecrecy } from '@/lib/bank/privacy';
import { dayBefore, formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { type Statement, statementsQuery } from '../api/statements';
import { AskCard } from './ask-card';
import classes from './statements.module.css';

/** Every format that the bank gives a statement in. */
const FORMATS = [
  ['pdf', 'PDF'],
  ['csv', 'CSV'],
  ['camt053', 'camt.053'],
  ['json', 'JSON'],
] as const;

/** What the bank wrote down of an account, to keep: each month's by itself, any other range on demand. */
export function StatementsPage() {
  const { t } = useTranslation();
  const { account: wished } = useSearch({ from: '/house/statements' });
  const navigate = useNavigate({ from: '/statements' });
  const accounts = useQuery(accountsQuery);
  const { hidden } = useSecrecy();
  const chosen = accounts.data?.find((account) => account.id === wished) ?? accounts.data?.[0];
  const list = useInfiniteQuery(statementsQuery(chosen?.id ?? ''));
  const statements = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('statements.title')} narrow>
      <ListStates
        query={accounts}
        empty={accounts.data?.length === 0}
        emptyIcon="wallet"
        emptyText={t('home.noAccounts')}
        rows={1}
      >
        <AccountSelect
          label={t('payments.account')}
          accounts={accounts.data ?? []}
          value={chosen?.id ?? ''}
          onChange={(account) => void navigate({ search: { account }, replace: true })}
        />
        {chosen ? <AskCard key={chosen.id} account={chosen} /> : null}
        <Card title={t('statements.made')}>
          <ListStates
            query={list}
            empty={statements.length === 0}
            emptyIcon="file-text"
            emptyText={t('statements.none')}
          >
            <ul className={classes.list} aria-label={t('statements.made')}>
              {statements.map((statement) => (
                <Line key={statement.id} statement={statement} hidden={hidden} />
              ))}
            </ul>
            {list.hasNextPage ? (
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('common.loadMore')}
              </Button>
            ) : null}
          </ListStates>
        </Card>
      </ListStates>
    </Page>
  );
}

function Line({ statement, hidden }: { statement: Statement; hidden: boolean }) {
  const { t } = useTranslation();
  const { currency, opening_minor: opening, closing_minor: closing } = statement;
  const range = `${formatDay(statement.from, locale())} – ${formatDay(dayBefore(statement.to), locale())}`;
  return (
    <li className={classes.line}>
      <div className={classes.words}>
        <strong>{range}</strong>
        <span className={classes.quiet}>
          {statement.number ? `${t('statements.number', { number: statement.number })} · ` : ''}
          {t(`statements.kind.${statement.kind}`)}
        </span>
        {currency && typeof opening === 'number' && typeof closing === 'number' ? (
          <span className={classes.quiet}>
            <Amount minor={opening} currency={currency} hidden={hidden} /> →{' '}
            <Amount minor={closing} currency={currency} hidden={hidden} /> ·{' '}
            {t('statements.rows', { count: statement.row_count ?? 0 })}
          </span>
        ) : null}
      </div>
      {statement.status === 'ready' ? (
        <div className={classes.formats}>
          {FORMATS.map(([format, name]) => (
            <DownloadLink
              key={format}
              href={`/api/v1/statements/${statement.id}?format=${format}`}
              label={t('statements.download', { format: name, range })}
            >
              {name}
            </DownloadLink>
          ))}
        </div>
      ) : (
        <Badge variant="default">{t('statements.pending')}</Badge>
      )}
    </li>
  );
}
