import { Alert, Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import type { Product } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { parseAmount, typedAmount } from '@/lib/money';
import { changeProduct } from '../api/change-product';

/** Choose a product and give it other terms from a day on. */
export function TermsForm({ products }: { products: Product[] }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState('');
  const product = products.find((one) => one.id === chosen) ?? products[0];
  if (!product) return null;
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('staff.catalogue.change')}
        data={products.map((one) => ({ value: one.id, label: one.name }))}
        value={product.id}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <TermsOf key={`${product.id} ${product.version}`} product={product} />
    </Stack>
  );
}

function TermsOf({ product }: { product: Product }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const currency = product.currencies[0] ?? 'EUR';
  const [name, setName] = useState(product.name);
  const [minimum, setMinimum] = useState(typedAmount(product.min_balance_minor, currency, locale()));
  const [overdraft, setOverdraft] = useState(typedAmount(product.overdraft_limit_minor, currency, locale()));
  const [deposits, setDeposits] = useState(product.customer_may_deposit);
  const [offered, setOffered] = useState(product.open_to_customers);
  const [from, setFrom] = useState('');
  const [reason, setReason] = useState('');
  const floor = readFloor(minimum, currency);
  const least = readFloor(overdraft, currency);
  const ready = name.trim() !== '' && floor !== null && least !== null && reason.trim() !== '';
  const changing = useMutation({
    mutationFn: () =>
      changeProduct(product.id, {
        name: name.trim(),
        min_balance_minor: floor,
        overdraft_limit_minor: least,
        customer_may_deposit: deposits,
        open_to_customers: offered,
        ...(from ? { effective_from: from } : {}),
        reason: reason.trim(),
        version: product.version,
      }),
    onSettled: () => {
      for (const queryKey of [['products'], ['approvals']]) void client.invalidateQueries({ queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !changing.isPending) changing.mutate();
  };
  const waits = changing.data !== undefined && 'approval' in changing.data;
  const wrong = t('payments.wrongAmount.not-a-number', { example: typedAmount(123450, currency, locale()) });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="start" grow preventGrowOverflow={false}>
          <TextInput
            label={t('staff.catalogue.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={`${t('staff.catalogue.minimum')} (${currency})`}
            inputMode="decimal"
            value={minimum}
            error={floor === null ? wrong : undefined}
            onChange={(event) => setMinimum(event.currentTarget.value)}
          />
          <TextInput
            label={`${t('staff.catalogue.overdraft')} (${currency})`}
            inputMode="decimal"
            value={overdraft}
            error={least === null ? wrong : undefined}
            onChange={(event) => setOverdraft(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('staff.catalogue.fromDay')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        </Group>
        <Checkbox
          label={t('staff.catalogue.deposits')}
          checked={deposits}
          onChange={(event) => setDeposits(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('staff.catalogue.offered')}
          checked={offered}
          onChange={(event) => setOffered(event.currentTarget.checked)}
        />
        <TextInput
          label={t('staff.reason')}
          description={t('staff.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemNotice error={changing.error} />
        {changing.data ? (
          <Alert role="status" icon={null}>
            {t(waits ? 'staff.desk.waitingText' : 'common.saved')}
          </Alert>
        ) : null}
        <Group>
          <Button type="submit" disabled={!ready} loading={changing.isPending}>
            {t('staff.catalogue.changeTerms')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** An amount that may be nothing; null where it cannot be read. */
function readFloor(typed: string, currency: string): number | null {
  const read = parseAmount(typed, currency, locale());
  if ('minor' in read) return read.minor;
  return read.wrong === 'empty' || read.wrong === 'not-positive' ? 0 : null;
}
