import { Alert, Button, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { attachFile } from '../api/attach-file';
import { raiseTicket } from '../api/raise-ticket';
import { FilePicker } from './file-picker';

const types = ['general', 'account-change', 'technical', 'security', 'dispute'] as const;
type Values = { type: (typeof types)[number]; subject: string; description: string };

export function NewTicketPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const about = useSearch({ from: '/house/tickets/new' });
  const [files, setFiles] = useState<File[]>([]);
  const key = useRef(crypto.randomUUID());
  const form = useForm<Values>({
    defaultValues: { type: about.transaction ? 'dispute' : 'general', subject: '', description: '' },
  });
  const raising = useMutation({
    mutationFn: async (values: Values) => {
      const { id } = await raiseTicket(
        {
          ...values,
          ...(about.transaction ? { transaction_id: about.transaction } : {}),
          ...(about.account ? { account_id: about.account } : {}),
        },
        key.current,
      );
      const sent = await Promise.allSettled(files.map((file) => attachFile(id, file)));
      return { id, whole: sent.every((one) => one.status === 'fulfilled') };
    },
    onSuccess: async ({ id, whole }) => {
      await client.invalidateQueries({ queryKey: ['tickets'] });
      const search = whole ? {} : { files: 'missing' as const };
      await navigate({ to: '/tickets/$ticketId', params: { ticketId: id }, search, replace: true });
    },
    onError: () => {
      key.current = crypto.randomUUID();
    },
  });
  const { errors } = form.formState;
  const required = { required: true, validate: (typed: string) => typed.trim() !== '' };
  return (
    <Page title={t('tickets.raise')} narrow>
      <Card>
        <form noValidate onSubmit={form.handleSubmit((values) => raising.mutate(values))}>
          <Stack gap="md">
            {about.transaction ? <Alert icon={null}>{t('tickets.aboutMovement')}</Alert> : null}
            <NativeSelect
              label={t('tickets.what')}
              data={types.map((type) => ({ value: type, label: t(`tickets.type.${type}`) }))}
              {...form.register('type')}
            />
            <TextInput
              label={t('tickets.subject')}
              maxLength={200}
              error={errors.subject ? t('session.required') : undefined}
              {...form.register('subject', required)}
            />
            <Textarea
              label={t('tickets.description')}
              autosize
              minRows={5}
              maxLength={10_000}
              error={errors.description ? t('session.required') : undefined}
              {...form.register('description', required)}
            />
            <FilePicker files={files} onChange={setFiles} />
            <ProblemNotice error={raising.error} />
            <Button type="submit" loading={raising.isPending}>
              {t('tickets.send')}
            </Button>
          </Stack>
        </form>
      </Card>
    </Page>
  );
}
