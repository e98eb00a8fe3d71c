import { Alert, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import type { Product } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { parseAmount } from '@/lib/money';
import { setRate } from '../api/set-rate';

export function RateForm({ products }: { products: Product[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [product, setProduct] = useState('');
  const [side, setSide] = useState<'credit' | 'debit'>('credit');
  const [tier, setTier] = useState('');
  const [points, setPoints] = useState('');
  const [from, setFrom] = useState('');
  const [reason, setReason] = useState('');
  const chosen = product || (products[0]?.id ?? '');
  const currency = products.find((one) => one.id === chosen)?.currencies[0] ?? 'EUR';
  const above = tier.trim() === '' ? { minor: 0 } : parseAmount(tier, currency, locale());
  const ready = 'minor' in above && chosen !== '' && /^\d{1,5}$/.test(points) && from !== '' && reason.trim() !== '';
  const setting = useMutation({
    mutationFn: () =>
      setRate({
        product: chosen,
        rate_basis_points: Number(points),
        effective_from: from,
        reason: reason.trim(),
        side,
        tier_from_minor: 'minor' in above ? above.minor : 0,
      }),
    onSuccess: () => setReason(''),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['rates'] });
      void client.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) setting.mutate();
  };
  const waits = setting.data !== undefined && 'approval' in setting.data;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group align="end">
          <NativeSelect
            label={t('staff.catalogue.product')}
            data={products.map((one) => ({ value: one.id, label: one.name }))}
            value={chosen}
            onChange={(event) => setProduct(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('staff.catalogue.side')}
            data={(['credit', 'debit'] as const).map((one) => ({
              value: one,
              label: t(`staff.catalogue.sides.${one}`),
            }))}
            value={side}
            onChange={(event) => setSide(event.currentTarget.value === 'debit' ? 'debit' : 'credit')}
          />
          <TextInput
            label={`${t('staff.catalogue.tier')} (${currency})`}
            inputMode="decimal"
            value={tier}
            onChange={(event) => setTier(event.currentTarget.value)}
          />
          <TextInput
            label={t('staff.catalogue.points')}
            inputMode="numeric"
            value={points}
            onChange={(event) => setPoints(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('staff.audit.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        </Group>
        <TextInput
          label={t('staff.reason')}
          description={t('staff.reasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemNotice error={setting.error} />
        {setting.data ? (
          <Alert role="status" icon={null}>
            {t(waits ? 'staff.desk.waitingText' : 'common.saved')}
          </Alert>
        ) : null}
        <Group>
          <Button type="submit" disabled={!ready} loading={setting.isPending}>
            {t('staff.catalogue.set')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
