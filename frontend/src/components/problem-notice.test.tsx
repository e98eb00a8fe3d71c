import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { NoAnswerError, problemFrom } from '@/lib/api/problem';
import { speak } from '@/lib/i18n';
import { show } from '@/testing/render';
import { ProblemNotice } from './problem-notice';

function refusal(code: string, status: number, members: object = {}, headers: Record<string, string> = {}) {
  const body = {
    code,
    status,
    title: 'As the bank says it',
    detail: '',
    next_step: 'Do this.',
    request_id: 'r-1',
    ...members,
  };
  return problemFrom(new Response(null, { status, headers }), body);
}

describe('a refusal', () => {
  it('is said in plain words with the number that decided and the request to copy', async () => {
    show(
      <ProblemNotice
        error={refusal('transactions.insufficient-funds', 409, { available_minor: 1_050, currency: 'EUR' })}
      />,
    );
    expect(await screen.findByText('There is not enough available')).toBeVisible();
    expect(screen.getByText('You can move up to €10.50.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Copy request number' })).toBeVisible();
  });

  it('is said in German to who reads German', async () => {
    await speak('de');
    show(<ProblemNotice error={refusal('transactions.account-frozen', 409)} />);
    expect(await screen.findByText('Das Konto ist gesperrt')).toBeVisible();
    await speak('en');
  });

  it('without words of its own is said as the bank says it', async () => {
    show(<ProblemNotice error={refusal('accounts.something-new', 409)} />);
    expect(await screen.findByText('As the bank says it')).toBeVisible();
    expect(screen.getByText('Do this.')).toBeVisible();
  });

  it('with a wait says how long', async () => {
    show(<ProblemNotice error={refusal('auth.too-many-tries', 429, {}, { 'Retry-After': '90' })} />);
    expect(await screen.findByText('Wait 2 minutes, or reset your password.')).toBeVisible();
  });
});

it('no answer is told apart from a refusal', async () => {
  show(<ProblemNotice error={new NoAnswerError('offline')} />);
  expect(await screen.findByText('You are offline')).toBeVisible();
});
