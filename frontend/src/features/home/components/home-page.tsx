import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { AnnouncementList } from '@/components/announcement-list';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { MovementRow } from '@/components/movement-row';
import { Page } from '@/components/page';
import { RevealButton } from '@/components/reveal-button';
import { accountLabel } from '@/lib/bank/account-labels';
import { accountsQuery } from '@/lib/bank/accounts';
import { announcementsQuery } from '@/lib/bank/announcements';
import { type Balance, balancesQuery } from '@/lib/bank/balances';
import { useSecrecy } from '@/lib/bank/privacy';
import { productsQuery } from '@/lib/bank/products';
import { recentMovementsQuery } from '../api/recent-movements';
import { AccountCard } from './account-card';
import { FlowCard } from './flow-card';
import classes from './home-page.module.css';
import { SignaturesNotice } from './signatures-notice';
import { UpcomingCard } from './upcoming-card';

export function HomePage() {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery);
  const shown = (accounts.data ?? []).filter((account) => account.status !== 'closed');
  const balances = useQuery(balancesQuery(shown.map((account) => account.id)));
  const products = useQuery(productsQuery).data;
  const movements = useQuery(recentMovementsQuery);
  const news = useQuery(announcementsQuery(3));
  const { hidden } = useSecrecy();
  return (
    <Page
      title={t('shell.home')}
      actions={
        <>
          <RevealButton />
          <LinkButton to="/pay" leftSection={<Icon name="send" size={18} />}>
            {t('shell.pay')}
          </LinkButton>
          <LinkButton to="/statements" variant="default" leftSection={<Icon name="file-text" size={18} />}>
            {t('shell.statements')}
          </LinkButton>
        </>
      }
    >
      <SignaturesNotice />
      <Totals balances={balances.data ?? []} hidden={hidden} />
      <section aria-label={t('home.accountsTitle')}>
        <ListStates
          query={accounts}
          empty={shown.length === 0}
          emptyIcon="wallet"
          emptyText={t('home.noAccounts')}
          emptyAction={<LinkButton to="/open-account">{t('home.openFirst')}</LinkButton>}
        >
          <div className={classes.accounts}>
            {shown.map((account) => (
              <AccountCard
                key={account.id}
                account={account}
                name={accountLabel(account, products)}
                balance={balances.data?.find((balance) => balance.account_id === account.id)}
                hidden={hidden}
              />
            ))}
          </div>
        </ListStates>
      </section>
      <div className={classes.columns}>
        <Card title={t('home.movements')}>
          <ListStates
            query={movements}
            empty={movements.data?.length === 0}
            emptyIcon="arrows-exchange"
            emptyText={t('home.noMovements')}
          >
            <div>
              {movements.data?.map((transaction) => (
                <MovementRow key={transaction.id} transaction={transaction} hidden={hidden} />
              ))}
            </div>
          </ListStates>
        </Card>
        <div className={classes.aside}>
          <Card title={t('home.news')}>
            <ListStates
              query={news}
              empty={news.data?.length === 0}
              emptyIcon="speakerphone"
              emptyText={t('home.noNews')}
            >
              <AnnouncementList items={news.data ?? []} />
            </ListStates>
          </Card>
          <UpcomingCard accountIds={shown.map((account) => account.id)} hidden={hidden} />
        </div>
      </div>
      {hidden ? null : <FlowCard currency={shown[0]?.currency ?? 'EUR'} />}
    </Page>
  );
}

function Totals({ balances, hidden }: { balances: Balance[]; hidden: boolean }) {
  const { t } = useTranslation();
  const totals = new Map<string, number>();
  for (const { currency, booked_minor } of balances) totals.set(currency, (totals.get(currency) ?? 0) + booked_minor);
  return (
    <Group gap="xl">
      {[...totals].map(([currency, minor]) => (
        <div key={currency}>
          <div className={classes.quiet}>{t('home.total', { currency })}</div>
          <div className={classes.total}>
            <Amount minor={minor} currency={currency} hidden={hidden} strong />
          </div>
        </div>
      ))}
    </Group>
  );
}
