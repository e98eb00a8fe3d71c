import { Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { Colleagues } from '@/components/colleagues';
import { Facts } from '@/components/facts';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import type { Account } from '@/lib/bank/accounts';
import { balancesQuery } from '@/lib/bank/balances';
import { groupedIban } from '@/lib/iban';
import { contractQuery } from '../api/contract';
import { contractOwnersQuery } from '../api/contract-owners';
import { viewContractQuery } from '../api/view-contract';
import { EditForm } from './edit-form';
import { EditsCard } from './edits-card';
import { HoldsCard } from './holds-card';
import { LifeButtons } from './life-buttons';
import { LimitsCard } from './limits-card';
import { StatementsCard } from './statements-card';

/** One account: its terms, what holds it, what was changed, and its statements, also when it is closed. */
export function ContractPage() {
  const { t } = useTranslation();
  const { accountId } = useParams({ from: '/staff/accounts/$accountId' });
  const contract = useQuery(contractQuery(accountId));
  const viewing = useQuery(viewContractQuery(accountId));
  const found = contract.data;
  return (
    <Page title={found ? groupedIban(found.account_number) : t('staff.customers.account')}>
      <Colleagues viewing={viewing} />
      <Card>
        <ListStates query={contract} empty={false} emptyIcon="wallet" emptyText="">
          {found ? <Terms account={found} /> : null}
        </ListStates>
      </Card>
      {found ? (
        <>
          <LimitsCard accountId={accountId} />
          <HoldsCard accountId={accountId} />
          <EditsCard accountId={accountId} />
          <StatementsCard accountId={accountId} />
        </>
      ) : null}
    </Page>
  );
}

function Terms({ account }: { account: Account }) {
  const { t } = useTranslation();
  const joint = useQuery(contractOwnersQuery(account.id)).data;
  const balance = useQuery(balancesQuery([account.id])).data?.[0];
  return (
    <>
      <Facts
        rows={[
          [
            t('staff.desk.holder'),
            (joint?.items ?? []).map(({ customer_id, name }) => (
              <Link
                key={customer_id}
                to="/staff/customers/$customerId"
                params={{ customerId: customer_id }}
                className="tall-link"
              >
                {name}{' '}
              </Link>
            )),
          ],
          ...((joint?.items.length ?? 0) > 1
            ? [[t('signatures.mandate'), t(`signatures.${joint?.mandate ?? 'either'}`)] as [string, string]]
            : []),
          [t('staff.customers.product'), account.product],
          [t('staff.customers.status'), account.status],
          [t('staff.customers.branch'), account.branch_id],
          [t('staff.contracts.nickname'), account.nickname ?? t('common.none')],
          [
            t('staff.customers.available'),
            balance ? <Amount key="a" minor={balance.available_minor} currency={balance.currency} /> : '–',
          ],
        ]}
      />
      <Group gap="sm">
        <LinkButton to="/staff/transactions" search={{ account: account.id }} variant="default" size="sm">
          {t('staff.places.transactions')}
        </LinkButton>
        <LifeButtons account={account} />
      </Group>
      <EditForm key={account.version} account={account} />
    </>
  );
}
