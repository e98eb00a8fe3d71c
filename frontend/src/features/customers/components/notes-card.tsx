import { Button, Stack, Textarea } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { PagedTable } from '@/components/paged-table';
import { ProblemNotice } from '@/components/problem-notice';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { notesQuery } from '../api/notes';
import { writeNote } from '../api/write-note';

/** What staff tell each other about the customer; the customer never sees it. */
export function NotesCard({ customerId }: { customerId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const notes = useInfiniteQuery(notesQuery(customerId));
  const [text, setText] = useState('');
  const writing = useMutation({
    mutationFn: () => writeNote(customerId, text.trim()),
    onSuccess: () => setText(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['customers', customerId, 'notes'] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && !writing.isPending) writing.mutate();
  };
  return (
    <Card title={t('staff.customers.notes')}>
      <PagedTable
        query={notes}
        label={t('staff.customers.notes')}
        emptyIcon="pencil"
        emptyText={t('staff.customers.noNotes')}
        rowKey={(note) => note.id}
        columns={[
          { name: t('staff.audit.at'), show: (note) => formatMoment(note.at, locale()) },
          { name: t('staff.customers.note'), show: (note) => note.text },
          { name: t('staff.by'), show: (note) => note.by },
        ]}
      />
      <form onSubmit={submit}>
        <Stack gap="sm" align="start">
          <Textarea
            w="100%"
            label={t('staff.customers.newNote')}
            autosize
            minRows={2}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ProblemNotice error={writing.error} />
          <Button type="submit" loading={writing.isPending}>
            {t('staff.customers.keepNote')}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
