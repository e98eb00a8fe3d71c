import { Alert, Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { attachFile } from '../api/attach-file';
import { reopenTicket } from '../api/reopen-ticket';
import { ticketQuery } from '../api/ticket';
import { writeMessage } from '../api/write-message';
import { Attachments } from './attachments';
import { FilePicker } from './file-picker';
import { Rating } from './rating';
import classes from './tickets.module.css';

export function TicketPage() {
  const { t } = useTranslation();
  const { ticketId } = useParams({ from: '/house/tickets/$ticketId' });
  const { files } = useSearch({ from: '/house/tickets/$ticketId' });
  const ticket = useQuery(ticketQuery(ticketId));
  const found = ticket.data;
  const settled = found?.status === 'closed' || found?.status === 'resolved';
  return (
    <Page
      title={found?.subject ?? t('common.loading')}
      narrow
      actions={
        <LinkButton to="/tickets" variant="default" leftSection={<Icon name="arrow-left" size={18} />}>
          {t('tickets.all')}
        </LinkButton>
      }
    >
      <Card>
        <ListStates query={ticket} empty={false} emptyIcon="message-circle" emptyText="">
          {found ? (
            <>
              <Group gap="sm">
                <Badge variant="default">{t(`tickets.status.${found.status}`)}</Badge>
                <span className={classes.quiet}>
                  {found.number} · {t(`tickets.type.${found.type}`)}
                </span>
              </Group>
              {files ? <Alert icon={null}>{t('tickets.notAttached')}</Alert> : null}
              <ul className={classes.thread} aria-label={t('tickets.thread')}>
                <Message mine by={t('tickets.you')} at={found.created_at} text={found.description} />
                {found.messages.map((message) => (
                  <Message
                    key={message.id}
                    mine={message.author === 'customer'}
                    by={t(message.author === 'customer' ? 'tickets.you' : 'tickets.bank')}
                    at={message.created_at}
                    text={message.text}
                  />
                ))}
              </ul>
              <Attachments files={found.attachments} />
              {found.resolution ? (
                <Text>
                  <strong>{t('tickets.resolution')}:</strong> {found.resolution}
                </Text>
              ) : null}
              {settled ? (
                <>
                  <Rating key={found.resolved_at ?? ''} ticket={found} />
                  <Reopen ticketId={ticketId} />
                </>
              ) : (
                <Reply ticketId={ticketId} />
              )}
            </>
          ) : null}
        </ListStates>
      </Card>
    </Page>
  );
}

function Message({ mine, by, at, text }: { mine: boolean; by: string; at: string; text: string }) {
  return (
    <li className={`${classes.message} ${mine ? classes.mine : ''}`}>
      <div className={classes.by}>
        {by} · {formatMoment(at, locale())}
      </div>
      {text}
    </li>
  );
}

function Reply({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const writing = useMutation({
    mutationFn: async () => {
      // What has arrived is taken out, so another try sends only the rest.
      for (const file of files) {
        await attachFile(ticketId, file);
        setFiles((waiting) => waiting.filter((one) => one !== file));
      }
      if (text.trim()) await writeMessage(ticketId, text.trim());
    },
    onSuccess: () => setText(''),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if ((text.trim() || files.length > 0) && !writing.isPending) writing.mutate();
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <Textarea
          label={t('tickets.reply')}
          autosize
          minRows={3}
          maxLength={10_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FilePicker files={files} onChange={setFiles} />
        <ProblemNotice error={writing.error} />
        <Group>
          <Button type="submit" loading={writing.isPending} leftSection={<Icon name="send" size={18} />}>
            {t('tickets.sendReply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Reopen({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const reopening = useMutation({
    mutationFn: () => reopenTicket(ticketId),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  });
  return (
    <Stack gap="sm" align="start">
      <ProblemNotice error={reopening.error} />
      <Button variant="default" loading={reopening.isPending} onClick={() => reopening.mutate()}>
        {t('tickets.reopen')}
      </Button>
    </Stack>
  );
}
