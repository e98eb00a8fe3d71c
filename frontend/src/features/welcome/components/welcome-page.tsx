import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountInput } from '@/components/amount-input';
import { Card } from '@/components/card';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { isPassing } from '@/lib/api/problem';
import { productsQuery } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { groupedIban } from '@/lib/iban';
import { parseAmount } from '@/lib/money';
import { type Newcomer, newKeys, type Welcomed, welcome } from '../welcome';

const fields = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'date_of_birth',
  'street',
  'postal_code',
  'city',
  'state',
] as const;
const types: Partial<Record<keyof Newcomer, string>> = { email: 'email', phone: 'tel', date_of_birth: 'date' };
const blank: Newcomer = {
  first_name: '',
  last_name: '',
  email: '',
  phone: '',
  date_of_birth: '',
  street: '',
  city: '',
  state: '',
  postal_code: '',
  country: 'DE',
};

/** A new customer at the counter: the person, the account and the first deposit on one sheet. */
export function WelcomePage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const products = useQuery(productsQuery).data ?? [];
  const [person, setPerson] = useState(blank);
  const [product, setProduct] = useState('');
  const [amount, setAmount] = useState('');
  const [keys, setKeys] = useState(newKeys);
  const chosen = products.find((one) => one.id === product) ?? products[0];
  const currency = chosen?.currencies[0] ?? 'EUR';
  const parsed = parseAmount(amount, currency, locale());
  const amountIsRight = amount.trim() === '' || 'minor' in parsed;
  const ready = chosen !== undefined && amountIsRight && fields.every((field) => person[field].trim() !== '');
  const opening = useMutation({
    mutationFn: () =>
      welcome(person, { product: chosen?.id ?? '', depositMinor: 'minor' in parsed ? parsed.minor : 0 }, keys),
    onSettled: (_done, error) => {
      // After a refusal what was typed may be mended; without an answer the very same is sent again.
      if (error && !isPassing(error)) setKeys((now) => ({ ...newKeys(), password: now.password }));
      for (const part of ['accounts', 'customers']) void client.invalidateQueries({ queryKey: [part] });
    },
  });
  const asked = isPassing(opening.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !opening.isPending) opening.mutate();
  };
  if (opening.data) return <Done done={opening.data} />;
  return (
    <Page title={t('staff.places.welcome')} narrow>
      <Card>
        <form onSubmit={submit}>
          <Stack gap="sm">
            {fields.map((field) => (
              <TextInput
                key={field}
                type={types[field] ?? 'text'}
                label={t(`staff.welcome.${field}`)}
                value={person[field]}
                disabled={asked}
                autoComplete="off"
                onChange={(event) => setPerson({ ...person, [field]: event.currentTarget.value })}
              />
            ))}
            <NativeSelect
              label={t('staff.catalogue.product')}
              data={products.map((one) => ({ value: one.id, label: one.name }))}
              value={chosen?.id ?? ''}
              disabled={asked}
              onChange={(event) => setProduct(event.currentTarget.value)}
            />
            <AmountInput value={amount} currency={currency} onChange={setAmount} strict={false} />
            <ProblemNotice error={opening.error} />
            <Button type="submit" disabled={!ready} loading={opening.isPending}>
              {t('staff.welcome.open')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}

function Done({ done }: { done: Welcomed }) {
  const { t } = useTranslation();
  if ('confirm' in done) {
    return (
      <Page title={t('staff.places.welcome')} narrow>
        <Alert role="status" icon={null}>
          {t('staff.welcome.confirm')}
        </Alert>
      </Page>
    );
  }
  return (
    <Page title={t('staff.places.welcome')} narrow>
      <Card>
        <Alert role="status" icon={null} title={t('staff.welcome.done')}>
          {groupedIban(done.accountNumber)} · {done.status}
        </Alert>
        <p>{t('staff.welcome.password')}</p>
        <Group>
          <LinkButton to="/staff/customers/$customerId" params={{ customerId: done.customerId }}>
            {t('staff.customers.title')}
          </LinkButton>
          <LinkButton to="/staff/desk" search={{ account: done.accountNumber }} variant="default">
            {t('staff.places.desk')}
          </LinkButton>
        </Group>
      </Card>
    </Page>
  );
}
