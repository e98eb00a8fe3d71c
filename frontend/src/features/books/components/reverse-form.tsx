import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { isPassing } from '@/lib/api/problem';
import { reverseTransaction } from '../api/reverse-transaction';

/** Undo the entry, with the reason; what has been spent since needs a second person. */
export function ReverseForm({ transactionId }: { transactionId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const reversing = useMutation({
    mutationFn: () => reverseTransaction(transactionId, reason.trim(), key),
    onError: (error) => {
      // A refusal is the bank's answer to this key; without an answer the very same is sent again.
      if (!isPassing(error)) setKey(crypto.randomUUID());
    },
    onSettled: () => {
      for (const queryKey of [['transactions'], ['balances'], ['approvals']]) {
        void client.invalidateQueries({ queryKey });
      }
    },
  });
  const asked = isPassing(reversing.error);
  const waits = reversing.data !== undefined && 'approval' in reversing.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() && !reversing.isPending) reversing.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('staff.reason')}
          description={t('staff.reasonHint')}
          value={reason}
          disabled={asked}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemNotice error={reversing.error} />
        {waits ? (
          <Alert role="status" icon={null}>
            {t('staff.desk.waitingText')}
          </Alert>
        ) : null}
        <Group>
          <Button type="submit" color="red" loading={reversing.isPending} disabled={reason.trim() === '' || waits}>
            {t('staff.transaction.reverse')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
