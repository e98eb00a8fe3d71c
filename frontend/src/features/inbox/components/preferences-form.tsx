import { Alert, Button, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ProblemNotice } from '@/components/problem-notice';
import { accountLabel } from '@/lib/bank/account-labels';
import { accountsQuery } from '@/lib/bank/accounts';
import { productsQuery } from '@/lib/bank/products';
import { choosePreferences } from '../api/choose-preferences';
import { type Preferences, preferencesQuery } from '../api/preferences';
import classes from './preferences.module.css';
import { type Choices, choicesOf, EVENTS, requestOf } from './preferences-choices';

type PartProps = { choices: Choices; change: (changed: Partial<Choices>) => void };

export function PreferencesForm({ stored }: { stored: Preferences }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const accounts = (useQuery(accountsQuery).data ?? []).filter((account) => account.status !== 'closed');
  const [choices, setChoices] = useState(() => choicesOf(stored));
  const change = (changed: Partial<Choices>) => setChoices((now) => ({ ...now, ...changed }));
  const wanted = requestOf(choices, accounts);
  const saving = useMutation({
    mutationFn: choosePreferences,
    onSuccess: (saved) => client.setQueryData(preferencesQuery.queryKey, saved),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wanted && !saving.isPending) saving.mutate(wanted);
  };
  return (
    <form noValidate onSubmit={save} onChange={() => saving.reset()}>
      <Stack gap="lg">
        <Text c="dimmed">{t('preferences.lead')}</Text>
        <Card>
          <Channels choices={choices} change={change} />
        </Card>
        <Card title={t('preferences.quiet')}>
          <QuietHours choices={choices} change={change} />
        </Card>
        <Card title={t('preferences.alerts')}>
          <Alerts choices={choices} change={change} />
        </Card>
        <Card>
          <NativeSelect
            label={t('preferences.mailLanguage')}
            data={[
              { value: 'en', label: t('shell.english') },
              { value: 'de', label: t('shell.german') },
            ]}
            value={choices.language}
            onChange={(event) => change({ language: event.currentTarget.value === 'de' ? 'de' : 'en' })}
          />
          <ProblemNotice error={saving.error} />
          {saving.isSuccess ? (
            <Alert role="status" icon={null}>
              {t('common.saved')}
            </Alert>
          ) : null}
          <Button type="submit" loading={saving.isPending} disabled={!wanted}>
            {t('common.save')}
          </Button>
        </Card>
      </Stack>
    </form>
  );
}

function Channels({ choices, change }: PartProps) {
  const { t } = useTranslation();
  const box = (event: (typeof EVENTS)[number], channel: 'mail' | 'push') => (
    <label className={classes.box}>
      <input
        type="checkbox"
        aria-label={`${t(`preferences.event.${event}`)}: ${t(`preferences.${channel}`)}`}
        checked={choices.events[event][channel]}
        disabled={event === 'security' && channel === 'mail'}
        onChange={(changed) =>
          change({
            events: {
              ...choices.events,
              [event]: { ...choices.events[event], [channel]: changed.currentTarget.checked },
            },
          })
        }
      />
    </label>
  );
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('preferences.what')}</th>
          <th scope="col">{t('preferences.mail')}</th>
          <th scope="col">{t('preferences.push')}</th>
        </tr>
      </thead>
      <tbody>
        {EVENTS.map((event) => (
          <tr key={event}>
            <th scope="row">
              {t(`preferences.event.${event}`)}
              {event === 'security' ? <span className={classes.quiet}>{t('preferences.always')}</span> : null}
            </th>
            <td>{box(event, 'mail')}</td>
            <td>{box(event, 'push')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function QuietHours({ choices, change }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Switch
        label={t('preferences.quietOn')}
        checked={choices.quiet}
        onChange={(event) => change({ quiet: event.currentTarget.checked })}
      />
      {choices.quiet ? (
        <>
          <div className={classes.pair}>
            <TextInput
              label={t('preferences.from')}
              type="time"
              value={choices.quietFrom}
              onChange={(event) => change({ quietFrom: event.currentTarget.value })}
            />
            <TextInput
              label={t('preferences.to')}
              type="time"
              value={choices.quietTo}
              onChange={(event) => change({ quietTo: event.currentTarget.value })}
            />
          </div>
          <NativeSelect
            label={t('preferences.zone')}
            data={Intl.supportedValuesOf('timeZone')}
            value={choices.zone}
            onChange={(event) => change({ zone: event.currentTarget.value })}
          />
        </>
      ) : null}
    </>
  );
}

function Alerts({ choices, change }: PartProps) {
  const { t } = useTranslation();
  const accounts = (useQuery(accountsQuery).data ?? []).filter((account) => account.status !== 'closed');
  const products = useQuery(productsQuery).data;
  return (
    <>
      <TextInput
        label={t('preferences.large')}
        description={t('preferences.amountIn', { currency: choices.largeCurrency })}
        inputMode="decimal"
        value={choices.large}
        onChange={(event) => change({ large: event.currentTarget.value })}
      />
      {accounts.map((account) => (
        <TextInput
          key={account.id}
          label={t('preferences.below', { account: accountLabel(account, products) })}
          description={t('preferences.amountIn', { currency: account.currency })}
          inputMode="decimal"
          value={choices.below[account.id] ?? ''}
          onChange={(event) => change({ below: { ...choices.below, [account.id]: event.currentTarget.value } })}
        />
      ))}
    </>
  );
}
