import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { isPassing } from '@/lib/api/problem';
import { compareFile } from '../api/compare-file';

/** A file of the clearing bank: CSV or camt.053. */
export function FileForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [currency, setCurrency] = useState('EUR');
  const [key, setKey] = useState<string>(() => crypto.randomUUID());
  const comparing = useMutation({
    mutationFn: (given: File) => compareFile(given, currency, key),
    onSettled: (_done, error) => {
      if (!isPassing(error)) setKey(crypto.randomUUID());
      void client.invalidateQueries({ queryKey: ['reconciliations'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file && !comparing.isPending) comparing.mutate(file);
  };
  return (
    <form onSubmit={submit}>
      <ProblemNotice error={comparing.error} />
      <Group align="end">
        <TextInput
          type="file"
          accept=".csv,.xml"
          label={t('staff.reconciling.file')}
          onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
        />
        <TextInput
          label={t('staff.reconciling.currency')}
          maxLength={3}
          value={currency}
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
        <Button type="submit" disabled={!file || currency.length !== 3} loading={comparing.isPending}>
          {t('staff.reconciling.compare')}
        </Button>
      </Group>
    </form>
  );
}
