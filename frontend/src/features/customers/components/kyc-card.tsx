import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { ProblemNotice } from '@/components/problem-notice';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { decideKyc } from '../api/decide-kyc';
import { kycQuery } from '../api/kyc';

const states = ['verifying', 'verified', 'rejected'] as const;

/** How well the person is known, how that came about, and the decision of an officer. */
export function KycCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const kyc = useQuery(kycQuery(customerId));
  const mayDecide = useMay('customer.kyc');
  const rows = kyc.data?.history ?? [];
  return (
    <Card title={t('staff.customers.kyc')}>
      <ListStates query={kyc} empty={false} emptyIcon="user" emptyText="">
        {kyc.data ? (
          <p>
            {kyc.data.kyc_state} · {t('staff.customers.level', { level: kyc.data.kyc_level })}
          </p>
        ) : null}
        {rows.length > 0 ? (
          <DataTable
            label={t('staff.customers.kyc')}
            rows={rows}
            rowKey={(row) => `${row.at} ${row.field}`}
            columns={[
              { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
              { name: t('staff.approvals.field'), show: (row) => row.field },
              { name: t('staff.approvals.before'), show: (row) => String(row.old ?? '') },
              { name: t('staff.approvals.after'), show: (row) => String(row.new ?? '') },
              { name: t('staff.reason'), show: (row) => row.note ?? '' },
            ]}
          />
        ) : null}
        {mayDecide ? <Decision customerId={customerId} /> : null}
      </ListStates>
    </Card>
  );
}

function Decision({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [state, setState] = useState<(typeof states)[number]>('verified');
  const [level, setLevel] = useState('2');
  const [reason, setReason] = useState('');
  const deciding = useMutation({
    mutationFn: () =>
      decideKyc(customerId, {
        kyc_state: state,
        reason: reason.trim(),
        ...(state === 'verified' ? { kyc_level: Number(level) } : {}),
      }),
    onSuccess: () => setReason(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['customers', customerId] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim()) deciding.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <NativeSelect
          label={t('staff.customers.decision')}
          data={states.map((value) => ({ value, label: t(`staff.customers.states.${value}`) }))}
          value={state}
          onChange={(event) => setState(states.find((one) => one === event.currentTarget.value) ?? 'verified')}
        />
        {state === 'verified' ? (
          <NativeSelect
            label={t('staff.customers.newLevel')}
            data={['1', '2', '3']}
            value={level}
            onChange={(event) => setLevel(event.currentTarget.value)}
          />
        ) : null}
        <TextInput
          label={t('staff.reason')}
          description={t('staff.reasonHint')}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemNotice error={deciding.error} />
        <Button type="submit" loading={deciding.isPending} disabled={reason.trim() === ''}>
          {t('staff.customers.decide')}
        </Button>
      </Stack>
    </form>
  );
}
