import { Badge, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { ProblemNotice } from '@/components/problem-notice';
import { formatAgo } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { endOneSession } from '../api/end-session';
import { sessionsQuery } from '../api/sessions';
import classes from './security.module.css';

export function SessionsCard() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sessions = useQuery(sessionsQuery);
  const ending = useMutation({
    mutationFn: endOneSession,
    onSettled: () => client.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <Card title={t('security.sessions')}>
      <ProblemNotice error={ending.error} />
      <ListStates
        query={sessions}
        empty={sessions.data?.length === 0}
        emptyIcon="device-laptop"
        emptyText={t('common.none')}
      >
        <ul className={classes.list}>
          {sessions.data?.map((session) => (
            <li key={session.id} className={classes.line}>
              <span className={classes.words}>
                <span>{session.agent || session.device}</span>
                <span className={classes.quiet}>
                  {session.address} · {t('security.seen', { when: formatAgo(session.last_seen_at, locale()) })}
                </span>
              </span>
              {session.current ? (
                <Badge variant="default">{t('security.here')}</Badge>
              ) : (
                <Button
                  variant="default"
                  size="sm"
                  loading={ending.isPending && ending.variables === session.id}
                  onClick={() => ending.mutate(session.id)}
                >
                  {t('security.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      </ListStates>
    </Card>
  );
}
