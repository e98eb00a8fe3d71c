import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { countries } from '@/config/countries';
import { isPassing } from '@/lib/api/problem';
import { locale } from '@/lib/i18n';
import { addAddress } from '../api/add-address';

const kinds = ['home', 'mailing', 'work'] as const;
type Values = {
  type: (typeof kinds)[number];
  street: string;
  postal_code: string;
  city: string;
  state: string;
  country: string;
  valid_from: string;
};

export function AddressForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const key = useRef(crypto.randomUUID());
  const form = useForm<Values>({
    defaultValues: { type: 'home', street: '', postal_code: '', city: '', state: '', country: 'DE', valid_from: '' },
  });
  const adding = useMutation({
    mutationFn: ({ valid_from, ...place }: Values) =>
      addAddress({ ...place, ...(valid_from ? { valid_from } : {}) }, key.current),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['customer', 'me'] });
      onDone();
    },
    onError: (error) => {
      if (!isPassing(error)) key.current = crypto.randomUUID();
    },
  });
  const { errors } = form.formState;
  const input = (name: 'street' | 'postal_code' | 'city' | 'state', autoComplete: string) => (
    <TextInput
      label={t(`register.${name}`)}
      autoComplete={autoComplete}
      error={errors[name] ? t('session.required') : undefined}
      {...form.register(name, { required: true })}
    />
  );
  return (
    <form noValidate onSubmit={form.handleSubmit((values) => adding.mutate(values))}>
      <Stack gap="md">
        <NativeSelect
          label={t('profile.kindOf')}
          data={kinds.map((kind) => ({ value: kind, label: t(`profile.kind.${kind}`) }))}
          {...form.register('type')}
        />
        {input('street', 'street-address')}
        {input('postal_code', 'postal-code')}
        {input('city', 'address-level2')}
        {input('state', 'address-level1')}
        <NativeSelect label={t('register.country')} data={countries(locale())} {...form.register('country')} />
        <TextInput
          label={`${t('profile.validFrom')} (${t('common.optional')})`}
          type="date"
          {...form.register('valid_from')}
        />
        <ProblemNotice error={adding.error} />
        <Button type="submit" loading={adding.isPending}>
          {t('common.save')}
        </Button>
      </Stack>
    </form>
  );
}
