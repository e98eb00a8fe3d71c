import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { changeOf, type Transaction } from '@/lib/bank/movements';
import { useSecrecy } from '@/lib/bank/privacy';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { movementQuery } from '../api/movement';
import classes from './account-page.module.css';

/** One movement: what is known of it, how it went, and what can be done about it. */
export function MovementPage() {
  const { t } = useTranslation();
  const { accountId, transactionId } = useParams({ from: '/house/accounts/$accountId/movements/$transactionId' });
  const movement = useQuery(movementQuery(transactionId));
  const { hidden } = useSecrecy();
  const found = movement.data;
  return (
    <Page
      title={t('accounts.details')}
      narrow
      actions={
        <LinkButton
          to="/accounts/$accountId"
          params={{ accountId }}
          variant="default"
          leftSection={<Icon name="arrow-left" size={18} />}
        >
          {t('accounts.toAccount')}
        </LinkButton>
      }
    >
      <ListStates query={movement} empty={false} emptyIcon="receipt" emptyText="" rows={6}>
        {found ? (
          <>
            <Card>
              <div className={classes.figure}>
                <Amount
                  minor={changeOf(found, accountId)}
                  currency={found.currency}
                  kind="movement"
                  hidden={hidden}
                  strong
                />
              </div>
              <Details transaction={found} accountId={accountId} hidden={hidden} />
            </Card>
            <Timeline transaction={found} accountId={accountId} />
            <Group className="not-printed">
              <Button variant="default" leftSection={<Icon name="receipt" size={18} />} onClick={() => window.print()}>
                {t('accounts.receipt')}
              </Button>
              <LinkButton
                to="/tickets/new"
                search={{ transaction: found.id, account: accountId }}
                variant="default"
                leftSection={<Icon name="lifebuoy" size={18} />}
              >
                {t('accounts.report')}
              </LinkButton>
            </Group>
          </>
        ) : null}
      </ListStates>
    </Page>
  );
}

type PartProps = { transaction: Transaction; accountId: string; hidden?: boolean };

function Details({ transaction, accountId, hidden = false }: PartProps) {
  const { t } = useTranslation();
  const posting = transaction.postings.find((one) => one.account_id === accountId);
  const { counterparty } = transaction;
  const rows: [string, ReactNode][] = [[t('accounts.kind'), t(`transactions.type.${transaction.type}`)]];
  if (counterparty)
    rows.push([t('accounts.counterparty'), `${counterparty.name} · ${counterparty.account_number_masked}`]);
  if (transaction.description) rows.push([t('accounts.text'), transaction.description]);
  if (posting) {
    const after = <Amount minor={posting.balance_after_minor} currency={transaction.currency} hidden={hidden} />;
    rows.push([t('accounts.balanceAfter'), after]);
  }
  rows.push([t('accounts.businessDate'), formatDay(transaction.business_date, locale())]);
  rows.push([t('accounts.reference'), transaction.id]);
  return <Facts rows={rows} />;
}

function Timeline({ transaction, accountId }: PartProps) {
  const { t } = useTranslation();
  const link = (transactionId: string, words: string) => (
    <Link
      to="/accounts/$accountId/movements/$transactionId"
      params={{ accountId, transactionId }}
      className="tall-link"
    >
      {words}
    </Link>
  );
  return (
    <Card title={t('accounts.timeline')}>
      <ol>
        <li>
          {t('accounts.stepOrdered')}: {formatMoment(transaction.booked_at, locale())}
        </li>
        <li>
          {t('accounts.stepCounts')}: {formatDay(transaction.value_date, locale())}
        </li>
        {transaction.reverses ? <li>{link(transaction.reverses, t('accounts.stepReverses'))}</li> : null}
        {transaction.reversed_by ? <li>{link(transaction.reversed_by, t('accounts.stepReversed'))}</li> : null}
      </ol>
    </Card>
  );
}
