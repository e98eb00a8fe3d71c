import { Badge, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { CopyButton } from '@/components/copy-button';
import { Facts } from '@/components/facts';
import { Iban } from '@/components/iban';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { RevealButton } from '@/components/reveal-button';
import type { texts } from '@/config/texts/en/all';
import { accountLabel } from '@/lib/bank/account-labels';
import type { Account } from '@/lib/bank/accounts';
import { useSecrecy } from '@/lib/bank/privacy';
import { productsQuery } from '@/lib/bank/products';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { accountQuery } from '../api/account-of';
import { openHoldsQuery } from '../api/holds-of';
import { BalanceCard } from './balance-card';
import { CloseButton } from './close-button';
import { FreezeButton } from './freeze-button';
import { FrozenNotice } from './frozen-notice';
import { LimitsButton } from './limits-button';
import { MovementList } from './movement-list';
import { OwnersButton } from './owners-button';
import { RenameButton } from './rename-button';
import { TermsCard } from './terms-card';

type Status = keyof typeof texts.accounts.status;

export function AccountPage() {
  const { t } = useTranslation();
  const { accountId } = useParams({ from: '/house/accounts/$accountId' });
  const account = useQuery(accountQuery(accountId));
  const products = useQuery(productsQuery).data;
  const { hidden } = useSecrecy();
  const found = account.data;
  if (account.error && !found) {
    return (
      <Page title={t('shell.accounts')}>
        <ProblemNotice error={account.error} onRetry={() => void account.refetch()} />
      </Page>
    );
  }
  return (
    <Page
      title={found ? accountLabel(found, products) : t('common.loading')}
      actions={
        <>
          <RevealButton />
          {found?.status === 'open' ? <FreezeButton accountId={accountId} /> : null}
          {found?.status === 'open' ? (
            <LinkButton to="/pay" search={{ from: accountId }} leftSection={<Icon name="send" size={18} />}>
              {t('shell.pay')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {found ? (
        <Group gap="sm">
          <Iban number={found.account_number} />
          <CopyButton text={found.account_number} label={t('accounts.copyNumber')} />
          {found.status === 'open' ? null : (
            <Badge variant="default">{t(`accounts.status.${found.status as Status}`)}</Badge>
          )}
        </Group>
      ) : null}
      {found?.status === 'frozen' ? <FrozenNotice accountId={accountId} /> : null}
      <BalanceCard accountId={accountId} hidden={hidden} />
      {found ? <Ways account={found} /> : null}
      <PendingCard accountId={accountId} hidden={hidden} />
      <MovementList accountId={accountId} hidden={hidden} />
      {found ? <TermsCard account={found} /> : null}
    </Page>
  );
}

/** Everything else that can be done with the account. */
function Ways({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { id } = account;
  const closable = account.status === 'open' || account.status === 'dormant';
  return (
    <Group gap="xs">
      <LinkButton
        to="/statements"
        search={{ account: id }}
        variant="subtle"
        leftSection={<Icon name="file-text" size={18} />}
      >
        {t('statements.title')}
      </LinkButton>
      <LinkButton
        to="/accounts/$accountId/interest"
        params={{ accountId: id }}
        variant="subtle"
        leftSection={<Icon name="percentage" size={18} />}
      >
        {t('interest.title')}
      </LinkButton>
      <RenameButton account={account} />
      <LimitsButton account={account} />
      <OwnersButton account={account} />
      {closable ? <CloseButton account={account} /> : null}
    </Group>
  );
}

/** What is set aside stands apart from what is booked; most have nothing, so nothing stands here before that is known. */
function PendingCard({ accountId, hidden }: { accountId: string; hidden: boolean }) {
  const { t } = useTranslation();
  const holds = useQuery(openHoldsQuery(accountId));
  if (holds.isPending || holds.data?.length === 0) return null;
  return (
    <Card title={t('accounts.pending')}>
      <ListStates query={holds} empty={false} emptyIcon="lock" emptyText="" rows={1}>
        <Facts
          rows={(holds.data ?? []).map((hold) => [
            `${hold.description || t('accounts.part.hold')} · ${t('home.until', { date: formatMoment(hold.expires_at, locale()) })}`,
            <Amount
              key={hold.id}
              minor={hold.captured_minor + hold.released_minor - hold.amount_minor}
              currency={hold.currency}
              kind="movement"
              hidden={hidden}
            />,
          ])}
        />
      </ListStates>
    </Card>
  );
}
