import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { arrive } from '@/testing/arrive';

const figures = {
  state: 'closed',
  window_seconds: 300,
  requests: 600,
  requests_per_second: 2,
  faults: 3,
  fault_share: 0.005,
  p50_ms: 3.8,
  p95_ms: 24.1,
  p99_ms: null,
  in_flight: 1,
  in_flight_limit: 1024,
  dashboard: null,
};

describe('the services', () => {
  it('show their four figures, and a way to Grafana where there is one', async () => {
    const dashboard = 'https://grafana.example.org/d/strongroom-support';
    const items = [
      { ...figures, service: 'accounts', state: 'open' },
      { ...figures, service: 'support', dashboard },
    ];
    arrive('/staff/services', ['auditor'], { answers: { '/services': { items, next: null } } });
    const row = await screen.findByRole('row', { name: /support/ });
    for (const cell of ['Well', '2', '3 (0.5%)', '3.8 ms', '24.1 ms', '–', '1 / 1,024']) {
      expect(within(row).getByRole('cell', { name: cell })).toBeVisible();
    }
    expect(within(row).getByRole('link')).toHaveAttribute('href', dashboard);
    const other = screen.getByRole('row', { name: /accounts/ });
    expect(within(other).getByRole('cell', { name: 'Down' })).toBeVisible();
    expect(within(other).queryByRole('link')).toBeNull();
  });

  it('have no column for dashboards in a bank without Grafana', async () => {
    const items = [{ ...figures, service: 'support' }];
    arrive('/staff/services', ['teller'], { answers: { '/services': { items, next: null } } });
    await screen.findByRole('row', { name: /support/ });
    expect(screen.queryByRole('columnheader', { name: 'Dashboard' })).toBeNull();
  });
});
