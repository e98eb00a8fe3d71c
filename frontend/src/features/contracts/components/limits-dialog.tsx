import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { LimitFields } from '@/components/limit-fields';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { isPassing } from '@/lib/api/problem';
import { asTyped, readLimits } from '@/lib/bank/typed-limits';
import { locale } from '@/lib/i18n';
import { setContractLimits } from '../api/set-contract-limits';

type LimitsDialogProps = { accountId: string; limits: Schemas['LimitsAnswer'] };

/** Other limits for a customer, with the reason: what is higher waits for a second person. */
export function LimitsDialog({ accountId, limits }: LimitsDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState(() => asTyped(limits.own, limits.currency, locale()));
  const [reason, setReason] = useState('');
  const key = useRef(crypto.randomUUID());
  const read = readLimits(typed, limits.currency, locale());
  const setting = useMutation({
    mutationFn: () => setContractLimits(accountId, { ...read.limits, reason: reason.trim() }, key.current),
    onError: (error) => {
      if (!isPassing(error)) key.current = crypto.randomUUID();
    },
    onSuccess: () => {
      key.current = crypto.randomUUID();
    },
    onSettled: () => {
      for (const queryKey of [['accounts'], ['approvals']]) void client.invalidateQueries({ queryKey });
    },
  });
  const waits = setting.data !== undefined && 'approval' in setting.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(read.wrong).length === 0 && reason.trim() && !setting.isPending) setting.mutate();
  };
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setOpened(true)}>
        {t('staff.contracts.changeLimits')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('staff.contracts.changeLimits')}>
        <form onSubmit={submit}>
          <Stack>
            <LimitFields typed={typed} currency={limits.currency} product={limits.product} onChange={setTyped} />
            <TextInput
              label={t('staff.reason')}
              description={t('staff.reasonHint')}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <ProblemNotice error={setting.error} />
            {setting.data ? (
              <Alert role="status" icon={null}>
                {t(waits ? 'staff.desk.waitingText' : 'common.saved')}
              </Alert>
            ) : null}
            <Button type="submit" loading={setting.isPending} disabled={reason.trim() === ''}>
              {t('common.save')}
            </Button>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
