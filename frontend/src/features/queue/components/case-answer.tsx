import { Button, Checkbox, Group, NativeSelect, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { answerCase } from '../api/answer-case';
import { cannedRepliesQuery } from '../api/canned-replies';
import { resolveCase } from '../api/resolve-case';

/** Answer, note for colleagues, or resolve with what was written; canned replies fill the field and can be changed. */
export function CaseAnswer({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const canned = useQuery(cannedRepliesQuery);
  const [text, setText] = useState('');
  const [internal, setInternal] = useState(false);
  const writing = useMutation<unknown, unknown, boolean>({
    mutationFn: (resolve) =>
      resolve ? resolveCase(ticketId, text.trim()) : answerCase(ticketId, text.trim(), internal),
    onSuccess: () => setText(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  });
  const ready = text.trim() !== '' && !writing.isPending;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) writing.mutate(false);
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {canned.data?.length ? (
          <NativeSelect
            label={t('staff.queue.canned')}
            data={[
              { value: '', label: t('staff.queue.chooseCanned') },
              ...canned.data.map((reply) => ({ value: reply.id, label: reply.title })),
            ]}
            value=""
            onChange={(event) => {
              const reply = canned.data.find((one) => one.id === event.currentTarget.value);
              if (reply) setText((written) => (written ? `${written}\n${reply.text}` : reply.text));
            }}
          />
        ) : null}
        <Textarea
          label={t(internal ? 'staff.queue.note' : 'staff.queue.answer')}
          autosize
          minRows={3}
          maxLength={10_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          label={t('staff.queue.onlyUs')}
          checked={internal}
          onChange={(event) => setInternal(event.currentTarget.checked)}
        />
        <ProblemNotice error={writing.error} />
        <Group>
          <Button type="submit" loading={writing.isPending} disabled={!ready}>
            {t(internal ? 'staff.queue.keepNote' : 'staff.queue.send')}
          </Button>
          <Button variant="default" disabled={!ready || internal} onClick={() => writing.mutate(true)}>
            {t('staff.queue.resolve')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
