import { Button, Group } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListStates } from '@/components/list-states';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { casesQuery } from '../api/cases';
import { moveCase } from '../api/move-case';
import { type BoardStatus, boardStatuses } from '../board';
import { Promises } from './promises';
import classes from './queue.module.css';

type Case = Schemas['TicketAnswer'];

/** The waiting tickets by state; each is dragged to its next column, or moved by its buttons. */
export function Board({ q }: { q: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const cases = useInfiniteQuery(casesQuery('pending', q));
  const rows = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const [over, setOver] = useState<BoardStatus | null>(null);
  const moving = useMutation({
    mutationFn: ({ row, to }: { row: Case; to: BoardStatus }) => moveCase(row.id, to, row.version),
    onSettled: () => client.invalidateQueries({ queryKey: ['tickets'] }),
  });
  const drop = (event: DragEvent, to: BoardStatus) => {
    event.preventDefault();
    setOver(null);
    const row = rows.find((one) => one.id === event.dataTransfer.getData('text/plain'));
    if (row && row.status !== to) moving.mutate({ row, to });
  };
  return (
    <ListStates query={cases} empty={rows.length === 0} emptyIcon="message-circle" emptyText={t('staff.queue.none')}>
      <ProblemNotice error={moving.error} />
      <div className={classes.board}>
        {boardStatuses.map((status) => (
          <section
            key={status}
            aria-label={t(`staff.queue.states.${status}`)}
            className={over === status ? `${classes.column} ${classes.over}` : classes.column}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(status);
            }}
            onDragLeave={() => setOver(null)}
            onDrop={(event) => drop(event, status)}
          >
            <h2 className={classes.columnName}>{t(`staff.queue.states.${status}`)}</h2>
            <ul className={classes.cards}>
              {rows
                .filter((row) => row.status === status)
                .map((row) => (
                  <BoardCard
                    key={row.id}
                    row={row}
                    onMove={(to) => moving.mutate({ row, to })}
                    busy={moving.isPending}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
      {cases.hasNextPage ? (
        <Button variant="default" loading={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      ) : null}
    </ListStates>
  );
}

type BoardCardProps = { row: Case; busy: boolean; onMove: (to: BoardStatus) => void };

function BoardCard({ row, busy, onMove }: BoardCardProps) {
  const { t } = useTranslation();
  return (
    <li
      className={classes.boardCard}
      draggable
      onDragStart={(event) => event.dataTransfer.setData('text/plain', row.id)}
    >
      <Link to="/staff/tickets/$ticketId" params={{ ticketId: row.id }} className="tall-link">
        {row.number} · {row.subject}
      </Link>
      <Promises clocks={row.promises ?? []} />
      <Group gap="xs">
        {boardStatuses
          .filter((to) => to !== row.status)
          .map((to) => (
            <Button
              key={to}
              size="sm"
              variant="default"
              disabled={busy}
              aria-label={t('staff.queue.moveOf', { number: row.number, state: t(`staff.queue.states.${to}`) })}
              onClick={() => onMove(to)}
            >
              → {t(`staff.queue.states.${to}`)}
            </Button>
          ))}
      </Group>
    </li>
  );
}
