import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { rateTicket } from '../api/rate-ticket';
import classes from './tickets.module.css';

const SCORES = [1, 2, 3, 4, 5] as const;
type Score = (typeof SCORES)[number];

/** How the resolution was: once, from 1 to 5, in numbers and words. */
export function Rating({ ticket }: { ticket: Schemas['TicketDetail'] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [score, setScore] = useState<Score | null>(null);
  const [comment, setComment] = useState('');
  const rating = useMutation({
    mutationFn: (chosen: number) =>
      rateTicket(ticket.id, { score: chosen, ...(comment.trim() ? { comment: comment.trim() } : {}) }),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  });
  const given = ticket.rating ?? rating.data;
  if (given) {
    return <Text role="status">{t('tickets.rated', { score: given.score })}</Text>;
  }
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (score !== null && !rating.isPending) rating.mutate(score);
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        <fieldset className={classes.scores}>
          <legend>{t('tickets.rate')}</legend>
          {SCORES.map((one) => (
            <label key={one} className={classes.score}>
              <input type="radio" name="score" value={one} checked={score === one} onChange={() => setScore(one)} />
              <Icon name="star" size={18} />
              <span aria-hidden="true">{one}</span>
              <span className="for-screen-readers">{t(`tickets.score.s${one}`)}</span>
            </label>
          ))}
        </fieldset>
        {score === null ? null : (
          <>
            <Text size="sm">{t(`tickets.score.s${score}`)}</Text>
            <Textarea
              label={`${t('tickets.comment')} (${t('common.optional')})`}
              autosize
              minRows={2}
              maxLength={2000}
              value={comment}
              onChange={(event) => setComment(event.currentTarget.value)}
            />
            <Button type="submit" loading={rating.isPending}>
              {t('tickets.sendRating')}
            </Button>
          </>
        )}
        <ProblemNotice error={rating.error} />
      </Stack>
    </form>
  );
}
