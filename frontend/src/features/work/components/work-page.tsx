import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { approvalsQuery } from '@/lib/bank/approvals';
import { businessDateQuery } from '@/lib/bank/business-date';
import { deadLettersQuery } from '@/lib/bank/dead-letters';
import { invariantsQuery } from '@/lib/bank/invariants';
import { hasFailed, jobsQuery } from '@/lib/bank/jobs';
import { kycCountsQuery, kycWaiting } from '@/lib/bank/kyc';
import { ticketQueuesQuery } from '@/lib/bank/ticket-queues';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { ActionsCard } from './actions-card';
import { MoneyCard } from './money-card';
import { MovementsCard } from './movements-card';
import { Tile } from './tile';
import classes from './work.module.css';

/** What waits for this person, by what the role may see; every number leads to the list it was counted from. */
export function WorkPage() {
  const { t } = useTranslation();
  const today = useQuery(businessDateQuery).data;
  return (
    <Page title={t('staff.work.title')}>
      {today ? (
        <p className={classes.quiet}>
          {t('staff.work.today', { day: formatDay(today.business_date, locale()) })}
          {today.state === 'advancing' ? ` · ${t('staff.work.advancing')}` : ''}
        </p>
      ) : null}
      <div className={classes.tiles}>
        <ApprovalsTile />
        {useMay('customer.kyc') ? <KycTile /> : null}
        {useMay('tickets') ? <TicketTiles /> : null}
        <JobsTile />
        {useMay('letters') ? <LettersTile /> : null}
        {useMay('invariants') ? <InvariantsTile /> : null}
      </div>
      {useMay('books') ? <MoneyCard /> : null}
      <MovementsCard />
      {useMay('audit') ? <ActionsCard /> : null}
    </Page>
  );
}

function ApprovalsTile() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(approvalsQuery('pending'));
  const count = query.data?.pages[0]?.items.length ?? 0;
  const more = Boolean(query.data?.pages[0]?.next);
  return <Tile name={t('staff.work.approvals')} query={query} count={count} more={more} to="/staff/approvals" />;
}

function KycTile() {
  const { t } = useTranslation();
  const query = useQuery(kycCountsQuery);
  const count = kycWaiting.reduce((sum, state) => sum + (query.data?.[state] ?? 0), 0);
  return <Tile name={t('staff.work.kyc')} query={query} count={count} to="/staff/kyc" />;
}

function TicketTiles() {
  const { t } = useTranslation();
  const query = useQuery(ticketQueuesQuery);
  return (['mine', 'unassigned', 'warned', 'breached'] as const).map((queue) => (
    <Tile
      key={queue}
      name={t(`staff.work.tickets.${queue}`)}
      query={query}
      count={query.data?.[queue] ?? 0}
      to="/staff/tickets"
      search={{ queue }}
    />
  ));
}

function JobsTile() {
  const { t } = useTranslation();
  const query = useQuery(jobsQuery);
  return (
    <Tile
      name={t('staff.work.jobs')}
      query={query}
      count={query.data?.items.filter(hasFailed).length ?? 0}
      to="/staff/day"
    />
  );
}

function LettersTile() {
  const { t } = useTranslation();
  const query = useQuery(deadLettersQuery);
  const count = query.data?.items.length ?? 0;
  return (
    <Tile
      name={t('staff.work.letters')}
      query={query}
      count={count}
      more={Boolean(query.data?.next)}
      to="/staff/dead-letters"
    />
  );
}

function InvariantsTile() {
  const { t } = useTranslation();
  const query = useQuery(invariantsQuery);
  const count = query.data?.filter((one) => one.state === 'violated').length ?? 0;
  return <Tile name={t('staff.work.invariants')} query={query} count={count} to="/staff/invariants" />;
}
