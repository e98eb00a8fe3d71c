import { Alert, Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { ProblemError } from '@/lib/api/problem';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { freezeQuery } from '../api/freeze-of';
import { unfreezeAccount } from '../api/unfreeze-account';

/** Says what is frozen and since when; whoever froze it themselves can lift it, after a confirmation. */
export function FrozenNotice({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const freeze = useQuery(freezeQuery(accountId)).data;
  const lifting = useMutation({
    mutationFn: (stepUp?: string) => unfreezeAccount(accountId, stepUp),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const { error } = lifting;
  const asked = error instanceof ProblemError && error.code === 'auth.step-up-required';
  const mine = freeze?.lifted_by === 'customer';
  return (
    <>
      <Alert color="gray" variant="outline" icon={<Icon name="snowflake" />} title={t('manage.frozen')}>
        <Stack gap="sm" align="start">
          {t(mine ? 'manage.frozenByYou' : 'manage.frozenByBank')}
          {freeze?.frozen_at ? ` ${t('manage.since', { when: formatMoment(freeze.frozen_at, locale()) })}` : ''}
          {asked ? null : <ProblemNotice error={error} />}
          {mine && !asked ? (
            <Button variant="default" loading={lifting.isPending} onClick={() => lifting.mutate(undefined)}>
              {t('manage.unfreeze')}
            </Button>
          ) : null}
          {freeze && !mine ? (
            <LinkButton to="/tickets/new" search={{ account: accountId }} variant="default">
              {t('manage.askUs')}
            </LinkButton>
          ) : null}
        </Stack>
      </Alert>
      {asked ? (
        <StepUp problem={error} busy={lifting.isPending} onApproved={lifting.mutate} words="manage.unfreezeText" />
      ) : null}
    </>
  );
}
