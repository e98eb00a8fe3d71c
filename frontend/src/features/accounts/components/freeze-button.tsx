import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import { freezeAccount } from '../api/freeze-account';

/** One tap: nothing leaves the account any more. Lifting it again is what needs care. */
export function FreezeButton({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const freezing = useMutation({
    mutationFn: () => freezeAccount(accountId),
    onSettled: () => client.invalidateQueries({ queryKey: ['accounts'] }),
  });
  return (
    <>
      <Button
        variant="default"
        loading={freezing.isPending}
        leftSection={<Icon name="snowflake" size={18} />}
        onClick={() => freezing.mutate()}
      >
        {t('manage.freeze')}
      </Button>
      <ProblemNotice error={freezing.error} />
    </>
  );
}
