import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { matchLine } from '../api/match-line';

/** Say which entry a line is, and why. */
export function MatchForm({ id, line }: { id: string; line: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [entry, setEntry] = useState('');
  const [reason, setReason] = useState('');
  const matching = useMutation({
    mutationFn: () => matchLine(id, line, entry.trim(), reason.trim()),
    onSettled: () => client.invalidateQueries({ queryKey: ['reconciliations'] }),
  });
  const ready = entry.trim() !== '' && reason.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !matching.isPending) matching.mutate();
  };
  return (
    <form onSubmit={submit}>
      <ProblemNotice error={matching.error} />
      <Group gap="xs" wrap="nowrap">
        <TextInput
          size="sm"
          aria-label={t('staff.reconciling.entryOf', { line })}
          placeholder={t('accounts.reference')}
          value={entry}
          onChange={(event) => setEntry(event.currentTarget.value)}
        />
        <TextInput
          size="sm"
          aria-label={t('staff.reconciling.reasonOf', { line })}
          placeholder={t('staff.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" size="sm" disabled={!ready} loading={matching.isPending}>
          {t('staff.reconciling.join')}
        </Button>
      </Group>
    </form>
  );
}
