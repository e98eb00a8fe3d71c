import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { NoAnswerError } from '@/lib/api/problem';
import { show } from '@/testing/render';
import { ListStates } from './list-states';

const idle = { isPending: false, error: null, refetch: () => undefined };

function list(query: Partial<Parameters<typeof ListStates>[0]['query']>, empty = false) {
  return (
    <ListStates query={{ ...idle, ...query }} empty={empty} emptyIcon="bell" emptyText="Nothing here">
      the rows
    </ListStates>
  );
}

describe('a list', () => {
  it('says that it is loading', async () => {
    show(list({ isPending: true }));
    expect(await screen.findByRole('status', { name: 'Loading' })).toBeVisible();
  });

  it('says that it is empty', async () => {
    show(list({ data: [] }, true));
    expect(await screen.findByText('Nothing here')).toBeVisible();
  });

  it('that failed can be asked again', async () => {
    const refetch = vi.fn();
    show(list({ error: new NoAnswerError('timeout'), refetch }));
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(refetch).toHaveBeenCalled();
  });

  it('keeps its rows while a later try fails', async () => {
    show(list({ error: new NoAnswerError('broken'), data: [1] }));
    expect(await screen.findByText('the rows')).toBeVisible();
    expect(screen.getByText('The connection to the bank broke')).toBeVisible();
  });
});
