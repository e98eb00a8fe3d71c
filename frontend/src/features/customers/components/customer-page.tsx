import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Colleagues } from '@/components/colleagues';
import { Page } from '@/components/page';
import { SessionsOf } from '@/components/sessions-of';
import { SignInsOf } from '@/components/sign-ins-of';
import { useMay } from '@/lib/staff';
import { customerQuery } from '../api/customer';
import type { Unmasked } from '../api/unmask-customer';
import { viewCustomerQuery } from '../api/view-customer';
import { AccountsCard } from './accounts-card';
import { AddressesCard } from './addresses-card';
import { AuditCard } from './audit-card';
import { KycCard } from './kyc-card';
import { NotesCard } from './notes-card';
import { PersonCard } from './person-card';
import { TicketsCard } from './tickets-card';
import { ViewsCard } from './views-card';

/** Everything the bank knows of one customer, in one place. */
export function CustomerPage() {
  const { t } = useTranslation();
  const { customerId } = useParams({ from: '/staff/customers/$customerId' });
  const customer = useQuery(customerQuery(customerId));
  const viewing = useQuery(viewCustomerQuery(customerId));
  const [whole, setWhole] = useState<Unmasked>();
  const maySessions = useMay('sessions');
  const mayViews = useMay('customer.views');
  const mayAudit = useMay('audit');
  const mayTickets = useMay('tickets');
  const found = customer.data;
  return (
    <Page title={found ? `${found.first_name} ${found.last_name}` : t('staff.customers.title')}>
      <Colleagues viewing={viewing} />
      <PersonCard query={customer} whole={whole} onUnmask={setWhole} />
      {found ? (
        <>
          <AccountsCard customerId={customerId} />
          {mayTickets ? <TicketsCard customerId={customerId} /> : null}
          <KycCard customerId={customerId} />
          <NotesCard customerId={customerId} />
          <AddressesCard customerId={customerId} whole={whole?.addresses} />
          {found.user_id && maySessions ? <SessionsOf userId={found.user_id} name={found.last_name} /> : null}
          {found.user_id ? <SignInsOf userId={found.user_id} /> : null}
          {mayAudit ? <AuditCard customerId={customerId} /> : null}
          {mayViews ? <ViewsCard customerId={customerId} /> : null}
        </>
      ) : null}
    </Page>
  );
}
