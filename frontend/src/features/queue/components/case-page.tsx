import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Colleagues } from '@/components/colleagues';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { caseQuery } from '../api/case';
import { takeCase } from '../api/take-case';
import { viewCaseQuery } from '../api/view-case';
import { CaseAnswer } from './case-answer';
import { Promises } from './promises';
import classes from './queue.module.css';

/** One ticket: the thread with what colleagues noted, and everything the desk can do with it. */
export function CasePage() {
  const { t } = useTranslation();
  const { ticketId } = useParams({ from: '/staff/tickets/$ticketId' });
  const ticket = useQuery(caseQuery(ticketId));
  const viewing = useQuery(viewCaseQuery(ticketId));
  const found = ticket.data;
  const settled = found?.status === 'resolved' || found?.status === 'closed';
  return (
    <Page
      title={found ? `${found.number} · ${found.subject}` : t('staff.queue.title')}
      actions={
        <LinkButton to="/staff/tickets" search={{}} variant="default">
          {t('staff.queue.back')}
        </LinkButton>
      }
    >
      <Card>
        <ListStates query={ticket} empty={false} emptyIcon="message-circle" emptyText="">
          {found ? (
            <>
              <CaseHead ticket={found} settled={settled} />
              <Colleagues viewing={viewing} />
              <ul className={classes.thread} aria-label={t('tickets.thread')}>
                <Message by={t('staff.queue.fromCustomer')} at={found.created_at} text={found.description} />
                {found.messages.map((message) => (
                  <Message
                    key={message.id}
                    by={t(message.author === 'customer' ? 'staff.queue.fromCustomer' : 'staff.queue.fromBank')}
                    at={message.created_at}
                    text={message.text}
                    mine={message.author === 'staff'}
                    internal={message.internal}
                  />
                ))}
              </ul>
              {found.resolution ? (
                <Text>
                  <strong>{t('tickets.resolution')}:</strong> {found.resolution}
                </Text>
              ) : null}
              {settled ? null : <CaseAnswer ticketId={ticketId} />}
            </>
          ) : null}
        </ListStates>
      </Card>
    </Page>
  );
}

type CaseHeadProps = { ticket: Schemas['TicketDetail']; settled: boolean };

/** Where the ticket stands, whose it is, and the way to its customer. */
function CaseHead({ ticket, settled }: CaseHeadProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useSession()?.user_id;
  const taking = useMutation({
    mutationFn: () => takeCase(ticket.id, me ?? null),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  });
  return (
    <>
      <Group gap="sm">
        <Badge variant="default">{t(`staff.queue.states.${ticket.status}`)}</Badge>
        <Badge variant="default">{t(`staff.queue.priorities.${ticket.priority}`)}</Badge>
        <Promises clocks={ticket.promises ?? []} />
        <LinkButton to="/staff/customers/$customerId" params={{ customerId: ticket.customer_id }} variant="subtle">
          {t('staff.queue.customer')}
        </LinkButton>
        {ticket.assignee_user_id === me ? (
          <Text>{t('staff.queue.isMine')}</Text>
        ) : settled ? null : (
          <Button variant="default" loading={taking.isPending} onClick={() => taking.mutate()}>
            {t('staff.queue.take')}
          </Button>
        )}
      </Group>
      <ProblemNotice error={taking.error} />
    </>
  );
}

type MessageProps = { by: string; at: string; text: string; mine?: boolean; internal?: boolean };

function Message({ by, at, text, mine = false, internal = false }: MessageProps) {
  const { t } = useTranslation();
  const looks = [classes.message, mine ? classes.mine : '', internal ? classes.internal : ''].join(' ');
  return (
    <li className={looks}>
      <div className={classes.by}>
        {by} · {formatMoment(at, locale())}
        {internal ? ` · ${t('staff.queue.internal')}` : ''}
      </div>
      {text}
    </li>
  );
}
