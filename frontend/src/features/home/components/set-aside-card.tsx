import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { ListStates } from '@/components/list-states';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { holdsOfQuery } from '../api/holds-of';

/** What is set aside on any account, soonest end first. */
export function SetAsideCard({ accountIds, hidden }: { accountIds: string[]; hidden: boolean }) {
  const { t } = useTranslation();
  const answers = useQueries({ queries: accountIds.map(holdsOfQuery) });
  const holds = answers
    .flatMap((one) => one.data ?? [])
    .sort((one, other) => one.expires_at.localeCompare(other.expires_at));
  const whole = {
    isPending: answers.some((one) => one.isPending),
    error: answers.find((one) => one.error)?.error ?? null,
    data: answers.every((one) => one.data !== undefined) ? holds : undefined,
    refetch: () => Promise.all(answers.map((one) => one.refetch())),
  };
  return (
    <Card title={t('home.upcoming')}>
      <ListStates
        query={whole}
        empty={holds.length === 0}
        emptyIcon="lock"
        emptyText={t('home.nothingUpcoming')}
        rows={1}
      >
        <Facts
          rows={holds
            .slice(0, 5)
            .map((hold) => [
              `${hold.description || t('transactions.type.capture')} · ${t('home.until', { date: formatMoment(hold.expires_at, locale()) })}`,
              <Amount
                key={hold.id}
                minor={hold.amount_minor - hold.captured_minor - hold.released_minor}
                currency={hold.currency}
                hidden={hidden}
              />,
            ])}
        />
      </ListStates>
    </Card>
  );
}
