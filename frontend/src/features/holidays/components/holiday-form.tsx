import { Button, Group, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { keepHoliday } from '../api/keep-holiday';

/** Close the bank on one more day: which, what it is called, and why. */
export function HolidayForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [day, setDay] = useState('');
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const keeping = useMutation({
    mutationFn: () => keepHoliday({ day, name: name.trim(), reason: reason.trim() }),
    onSuccess: () => {
      setDay('');
      setName('');
      setReason('');
    },
    onSettled: () => {
      for (const part of ['holidays', 'business-date']) void client.invalidateQueries({ queryKey: [part] });
    },
  });
  const ready = day !== '' && name.trim() !== '' && reason.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !keeping.isPending) keeping.mutate();
  };
  return (
    <form onSubmit={submit}>
      <ProblemNotice error={keeping.error} />
      <Group align="end">
        <TextInput
          type="date"
          label={t('staff.holidays.day')}
          value={day}
          onChange={(event) => setDay(event.currentTarget.value)}
        />
        <TextInput
          label={t('staff.catalogue.name')}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('staff.reason')}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!ready} loading={keeping.isPending}>
          {t('staff.holidays.keep')}
        </Button>
      </Group>
    </form>
  );
}
