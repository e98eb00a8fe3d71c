import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { Card } from '@/components/card';
import { ProblemNotice } from '@/components/problem-notice';
import type { Approval } from '@/lib/bank/approvals';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { approveCommand } from '../api/approve-command';
import { rejectCommand } from '../api/reject-command';
import { Diff } from './diff';

export function ApprovalCard({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const session = useSession();
  const own = session?.user_id === approval.made_by;
  const checks = approval.checkers.some((role) => session?.roles.includes(role));
  return (
    <Card
      title={approval.command}
      aside={
        approval.amount_minor !== null && approval.currency !== null ? (
          <Amount minor={approval.amount_minor} currency={approval.currency} strong />
        ) : undefined
      }
    >
      <Text size="sm" c="dimmed">
        {t('staff.approvals.made', { by: approval.made_by, at: formatMoment(approval.made_at, locale()) })} ·{' '}
        {approval.subject_type} {approval.subject_id}
      </Text>
      {approval.reason ? <Text>{approval.reason}</Text> : null}
      <Diff changes={approval.changes} currency={approval.currency} />
      {approval.status === 'pending' ? (
        own ? (
          <Text>{t('staff.approvals.own')}</Text>
        ) : checks ? (
          <Decide approvalId={approval.id} />
        ) : (
          <Text>{t('staff.approvals.notYours', { roles: approval.checkers.join(', ') })}</Text>
        )
      ) : (
        <Text>
          {approval.decided_at ? formatMoment(approval.decided_at, locale()) : ''} {approval.note}
        </Text>
      )}
    </Card>
  );
}

function Decide({ approvalId }: { approvalId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const deciding = useMutation({
    mutationFn: (decide: typeof approveCommand) => decide(approvalId, note.trim()),
    onSettled: () => client.invalidateQueries({ queryKey: ['approvals'] }),
  });
  const noReason = note.trim() === '';
  return (
    <>
      <TextInput
        label={t('staff.reason')}
        description={t('staff.reasonHint')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ProblemNotice error={deciding.error} />
      <Group>
        <Button loading={deciding.isPending} disabled={noReason} onClick={() => deciding.mutate(approveCommand)}>
          {t('staff.approvals.approve')}
        </Button>
        <Button
          variant="default"
          disabled={noReason || deciding.isPending}
          onClick={() => deciding.mutate(rejectCommand)}
        >
          {t('staff.approvals.reject')}
        </Button>
      </Group>
    </>
  );
}
