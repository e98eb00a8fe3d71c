import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { EmptyState } from '@/components/empty-state';
import { Facts } from '@/components/facts';
import { FineAmount } from '@/components/fine-amount';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import type { Schemas } from '@/lib/api/client';
import { useSecrecy } from '@/lib/bank/privacy';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { formatPercent } from '@/lib/money';
import { interestQuery } from '../api/interest-of';
import classes from './interest.module.css';
import { WorksheetCard } from './worksheet-card';

/** What an account earns: the rate, what has accrued, and every posting with the days it was made of. */
export function InterestPage() {
  const { t } = useTranslation();
  const { accountId } = useParams({ from: '/house/accounts/$accountId/interest' });
  const interest = useQuery(interestQuery(accountId));
  const { hidden } = useSecrecy();
  const found = interest.data;
  return (
    <Page
      title={t('interest.title')}
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
      <ListStates query={interest} empty={false} emptyIcon="percentage" emptyText="" rows={6}>
        {found ? (
          <>
            <Summary found={found} hidden={hidden} />
            <Postings found={found} hidden={hidden} />
          </>
        ) : null}
      </ListStates>
    </Page>
  );
}

type PartProps = { found: Schemas['InterestSummary']; hidden: boolean };

function Summary({ found, hidden }: PartProps) {
  const { t } = useTranslation();
  const { currency } = found;
  const rows: [string, ReactNode][] = [
    [t('interest.rate'), t('interest.aYear', { percent: formatPercent(found.rate_basis_points, locale()) })],
  ];
  if (found.tiers.length > 1) rows.push([t('interest.tiers'), <Tiers key="tiers" found={found} />]);
  rows.push(
    [t('interest.accrued'), <FineAmount key="accrued" minor={found.accrued} currency={currency} hidden={hidden} />],
    [
      t('interest.perDay'),
      <FineAmount key="per-day" minor={found.projected_per_day} currency={currency} hidden={hidden} />,
    ],
    [
      t('interest.lastDay'),
      <Amount key="d" minor={found.credited_last_24h_minor} currency={currency} hidden={hidden} />,
    ],
    [t('interest.total'), <Amount key="t" minor={found.credited_total_minor} currency={currency} hidden={hidden} />],
  );
  if (found.charged_total_minor > 0) {
    rows.push([
      t('interest.charged'),
      <Amount key="c" minor={-found.charged_total_minor} currency={currency} hidden={hidden} />,
    ]);
  }
  rows.push(
    [t('interest.nextOn'), formatDay(found.next_on, locale())],
    [t('interest.dayCount'), t(`interest.counts.${found.day_count as 'act/365f'}`, { defaultValue: found.day_count })],
  );
  return (
    <Card>
      <Facts rows={rows} />
    </Card>
  );
}

function Tiers({ found }: { found: Schemas['InterestSummary'] }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.tiers}>
      {found.tiers.map((tier) => (
        <li key={tier.from_minor}>
          {t('interest.tierFrom')} <Amount minor={tier.from_minor} currency={found.currency} />:{' '}
          {formatPercent(tier.rate_basis_points, locale())}
        </li>
      ))}
    </ul>
  );
}

function Postings({ found, hidden }: PartProps) {
  const { t } = useTranslation();
  const { period, kind } = useSearch({ from: '/house/accounts/$accountId/interest' });
  const navigate = useNavigate({ from: '/accounts/$accountId/interest' });
  return (
    <Card title={t('interest.postings')}>
      {found.credits.length === 0 ? (
        <EmptyState icon="percentage" text={t('interest.none', { date: formatDay(found.next_on, locale()) })} />
      ) : (
        <ul className={classes.list}>
          {found.credits.map((posting) => {
            const open = posting.period === period && posting.kind === kind;
            const sign = posting.direction === 'credit' ? 1 : -1;
            return (
              <li key={`${posting.period} ${posting.kind}`}>
                <div className={classes.line}>
                  <span className={classes.words}>
                    <strong>{posting.period}</strong>
                    <span className={classes.quiet}>
                      {t(`interest.state.${posting.state}`)} · {formatDay(posting.booked_on, locale())}
                    </span>
                  </span>
                  <Amount
                    minor={sign * posting.amount_minor}
                    currency={posting.currency}
                    kind="movement"
                    hidden={hidden}
                  />
                  <Button
                    variant="default"
                    size="sm"
                    aria-expanded={open}
                    onClick={() =>
                      void navigate({
                        search: open ? {} : { period: posting.period, kind: posting.kind },
                        replace: true,
                        resetScroll: false,
                      })
                    }
                  >
                    {t('interest.dayByDay')}
                  </Button>
                </div>
                {open ? <WorksheetCard accountId={found.account_id} posting={posting} hidden={hidden} /> : null}
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}
