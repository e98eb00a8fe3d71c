import { SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { privacyQuery } from '@/lib/bank/privacy';
import { chooseLanguage, language } from '@/lib/i18n';
import { hideBalances } from '../api/hide-balances';
import { StopHiding } from './stop-hiding';

export function SettingsPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const privacy = useQuery(privacyQuery);
  const [asking, setAsking] = useState(false);
  const hiding = useMutation({
    mutationFn: hideBalances,
    onSuccess: (changed) => {
      client.setQueryData(privacyQuery.queryKey, changed);
      setAsking(false);
    },
  });
  return (
    <Page title={t('shell.settings')} narrow>
      <Card>
        <Stack gap="xs">
          <Text fw={550}>{t('profile.look')}</Text>
          <SegmentedControl
            aria-label={t('profile.look')}
            value={colorScheme}
            data={[
              { value: 'auto', label: t('profile.lookAuto') },
              { value: 'light', label: t('profile.lookLight') },
              { value: 'dark', label: t('profile.lookDark') },
            ]}
            onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
          />
        </Stack>
        <Stack gap="xs">
          <Text fw={550}>{t('shell.language')}</Text>
          <SegmentedControl
            aria-label={t('shell.language')}
            value={language()}
            data={[
              { value: 'en', label: t('shell.english') },
              { value: 'de', label: t('shell.german') },
            ]}
            onChange={(value) => void chooseLanguage(value === 'de' ? 'de' : 'en')}
          />
        </Stack>
        <ListStates query={privacy} empty={false} emptyIcon="eye" emptyText="" rows={1}>
          <Switch
            label={t('profile.hide')}
            checked={privacy.data?.hides_balance ?? false}
            disabled={hiding.isPending}
            onChange={(event) => (event.currentTarget.checked ? hiding.mutate({ hides: true }) : setAsking(true))}
          />
        </ListStates>
        <ProblemNotice error={asking ? null : hiding.error} />
        <StopHiding
          opened={asking}
          busy={hiding.isPending}
          error={hiding.error}
          onClose={() => setAsking(false)}
          onProve={(typed) => hiding.mutate({ hides: false, typed })}
        />
      </Card>
    </Page>
  );
}
