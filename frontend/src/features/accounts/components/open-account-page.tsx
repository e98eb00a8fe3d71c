import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { ProductChoice } from '@/components/product-choice';
import { productsQuery } from '@/lib/bank/products';
import { openAccount } from '../api/open-account';

export function OpenAccountPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const products = useQuery(productsQuery);
  const offered = (products.data ?? []).filter((product) => product.open_to_customers);
  const [chosen, setChosen] = useState<string | null>(null);
  const [currency, setCurrency] = useState<string | null>(null);
  const [nickname, setNickname] = useState('');
  const key = useRef(crypto.randomUUID());
  const product = offered.find((one) => one.id === chosen) ?? offered[0];
  const opening = useMutation({
    mutationFn: (wanted: { product: string; currency?: string; nickname?: string }) => openAccount(wanted, key.current),
    onSuccess: async (account) => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      await navigate({ to: '/accounts/$accountId', params: { accountId: account.id } });
    },
    // Another wish is another account; only the very same one is tried again under its key.
    onError: () => undefined,
  });
  const forget = () => {
    if (opening.isError) key.current = crypto.randomUUID();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!product || opening.isPending) return;
    opening.mutate({
      product: product.id,
      ...(currency ? { currency } : {}),
      ...(nickname.trim() ? { nickname: nickname.trim() } : {}),
    });
  };
  return (
    <Page title={t('accounts.openTitle')} narrow>
      <Text c="dimmed">{t('accounts.openText')}</Text>
      <ListStates query={products} empty={offered.length === 0} emptyIcon="wallet" emptyText={t('common.none')}>
        <form onSubmit={submit} onChange={forget}>
          <Stack gap="lg">
            <ProductChoice products={offered} value={product?.id ?? ''} onChange={setChosen} />
            <Card>
              {product && product.currencies.length > 1 ? (
                <NativeSelect
                  label={t('accounts.currency')}
                  data={product.currencies}
                  value={currency ?? product.currencies[0] ?? 'EUR'}
                  onChange={(event) => setCurrency(event.currentTarget.value)}
                />
              ) : null}
              <TextInput
                label={`${t('accounts.nickname')} (${t('common.optional')})`}
                maxLength={50}
                value={nickname}
                onChange={(event) => setNickname(event.currentTarget.value)}
              />
              <ProblemNotice error={opening.error} />
              <Button type="submit" loading={opening.isPending}>
                {t('accounts.openIt')}
              </Button>
            </Card>
          </Stack>
        </form>
      </ListStates>
    </Page>
  );
}
