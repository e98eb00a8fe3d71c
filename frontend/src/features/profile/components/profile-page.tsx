import { Button, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Facts } from '@/components/facts';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { countries } from '@/config/countries';
import { ProblemError } from '@/lib/api/problem';
import { formatDay, formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { changeMe } from '../api/change-me';
import { type Customer, meQuery } from '../api/me';
import { myHistoryQuery } from '../api/my-history';
import { AddressesCard } from './addresses-card';

export function ProfilePage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  return (
    <Page title={t('shell.profile')} narrow>
      <ListStates query={me} empty={false} emptyIcon="user" emptyText="" rows={6}>
        {me.data ? (
          <>
            <Card title={t('profile.you')}>
              <Facts
                rows={[
                  [t('profile.name'), `${me.data.first_name} ${me.data.last_name}`],
                  [t('register.date_of_birth'), formatDay(me.data.date_of_birth, locale())],
                  [t('register.email'), me.data.email],
                  [t('profile.since'), formatMoment(me.data.created_at, locale())],
                ]}
              />
            </Card>
            <ContactCard key={me.data.version} me={me.data} />
          </>
        ) : null}
      </ListStates>
      <AddressesCard />
      <HistoryCard />
    </Page>
  );
}

type Values = {
  phone: string;
  occupation: string;
  street: string;
  postal_code: string;
  city: string;
  state: string;
  country: string;
};

function ContactCard({ me }: { me: Customer }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const address = me.address ?? { street: '', postal_code: '', city: '', state: '', country: 'DE' };
  const form = useForm<Values>({ defaultValues: { phone: me.phone, occupation: me.occupation ?? '', ...address } });
  const saving = useMutation({
    mutationFn: ({ phone, occupation, ...place }: Values & { stepUp?: string }) => {
      const { stepUp, ...address } = place;
      return changeMe({ version: me.version, phone, address, ...(occupation ? { occupation } : {}) }, stepUp);
    },
    onSuccess: (changed) => {
      client.setQueryData(meQuery.queryKey, changed);
      void client.invalidateQueries({ queryKey: myHistoryQuery.queryKey });
    },
  });
  const { errors, isDirty } = form.formState;
  const { error } = saving;
  const confirming = error instanceof ProblemError && error.code === 'auth.step-up-required';
  const input = (name: keyof Values, autoComplete: string) => (
    <TextInput
      label={t(name === 'occupation' ? 'profile.occupation' : `register.${name}`)}
      autoComplete={autoComplete}
      error={errors[name] ? t('session.required') : undefined}
      {...form.register(name, { required: name !== 'occupation' })}
    />
  );
  return (
    <Card title={t('profile.contact')}>
      <form noValidate onSubmit={form.handleSubmit((values) => saving.mutate(values))}>
        <Stack gap="md">
          {input('phone', 'tel')}
          {input('street', 'street-address')}
          {input('postal_code', 'postal-code')}
          {input('city', 'address-level2')}
          {input('state', 'address-level1')}
          <NativeSelect label={t('register.country')} data={countries(locale())} {...form.register('country')} />
          {input('occupation', 'organization-title')}
          {confirming ? null : <ProblemNotice error={error} />}
          <Button type="submit" loading={saving.isPending} disabled={!isDirty}>
            {t('common.save')}
          </Button>
        </Stack>
      </form>
      {confirming ? (
        <StepUp
          problem={error}
          busy={saving.isPending}
          onApproved={(stepUp) => saving.mutate({ ...form.getValues(), stepUp })}
          words="profile.confirmPhone"
        />
      ) : null}
    </Card>
  );
}

function HistoryCard() {
  const { t } = useTranslation();
  const history = useQuery(myHistoryQuery);
  return (
    <Card title={t('profile.history')}>
      <ListStates
        query={history}
        empty={history.data?.length === 0}
        emptyIcon="history"
        emptyText={t('profile.noHistory')}
      >
        <Facts
          rows={(history.data ?? []).map((edit) => [
            `${formatMoment(edit.at, locale())} · ${edit.field}`,
            <Text key={edit.id} size="sm" span>
              {plain(edit.old)} → {plain(edit.new)}
            </Text>,
          ])}
        />
      </ListStates>
    </Card>
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? Object.values(value).join(', ') : String(value);
}
