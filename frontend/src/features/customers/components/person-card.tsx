import { Badge, Group, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { ListStates } from '@/components/list-states';
import { ReasonButton } from '@/components/reason-button';
import type { Schemas } from '@/lib/api/client';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { type Unmasked, unmaskCustomer } from '../api/unmask-customer';

type Customer = Schemas['CustomerAnswer'];
type PersonCardProps = {
  query: UseQueryResult<Customer>;
  /** All of them, once somebody has said why. */
  whole: Unmasked | undefined;
  onUnmask: (whole: Unmasked) => void;
};

/** Who the customer is: masked, until there is a reason that the customer may read. */
export function PersonCard({ query, whole, onUnmask }: PersonCardProps) {
  const { t } = useTranslation();
  const found = whole ?? query.data;
  const masked = found?.masked ?? [];
  return (
    <Card title={t('staff.customers.person')}>
      <ListStates query={query} empty={false} emptyIcon="user" emptyText="">
        {found ? (
          <>
            <Group gap="sm">
              <Badge variant="default">{found.status}</Badge>
              <Badge variant="default">{t('staff.customers.level', { level: found.kyc_level })}</Badge>
            </Group>
            <Facts
              rows={[
                [t('staff.customers.email'), found.email],
                [t('staff.customers.phone'), found.phone],
                [t('staff.customers.born'), born(found, masked)],
                [t('staff.customers.occupation'), found.occupation ?? t('common.none')],
                [t('staff.customers.branch'), found.branch_id],
              ]}
            />
            {masked.length > 0 ? (
              <Group gap="sm">
                <ReasonButton
                  name={t('staff.customers.unmask')}
                  subject={`${found.first_name} ${found.last_name}`}
                  give={async (reason) => onUnmask(await unmaskCustomer(found.id, reason))}
                  changes={[]}
                />
                <Text size="sm" c="dimmed">
                  {t('staff.customers.unmaskWhy')}
                </Text>
              </Group>
            ) : null}
          </>
        ) : null}
      </ListStates>
    </Card>
  );
}

/** A masked day of birth is a year and dots, which no calendar knows. */
function born(customer: Customer, masked: readonly string[]): string {
  const day = customer.date_of_birth;
  return masked.includes('date_of_birth') ? day : formatDay(day, locale());
}
