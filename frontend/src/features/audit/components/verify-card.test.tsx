import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { show } from '@/testing/render';
import { server } from '@/testing/server';
import { VerifyCard } from './verify-card';

const door = 'http://localhost:8080/api/v1/audit/verification';

describe('the chains of the audit trail', () => {
  it('are followed piece by piece, and what does not fit is named', async () => {
    const asked: string[] = [];
    server.use(
      http.get(door, ({ request }) => {
        const { searchParams } = new URL(request.url);
        const service = searchParams.get('service');
        asked.push(`${service} ${searchParams.get('after')}`);
        const more = service === 'accounts' && searchParams.get('after') === '0';
        const bad = { key: 'sequence=5003', problem: 'rows are missing before this one', expected: '', found: '' };
        return HttpResponse.json({
          service,
          checked: more ? 5000 : 4,
          bad: service === 'accounts' && !more ? [bad] : [],
          next: more ? 5000 : null,
        });
      }),
    );
    show(<VerifyCard />);
    await userEvent.click(await screen.findByRole('button', { name: 'Verify the chains' }));
    expect(await screen.findByText('sequence=5003')).toBeVisible();
    expect(screen.queryByText(/each follows the one before/)).toBeNull();
    expect(asked).toContain('accounts 5000');
    expect(asked).toHaveLength(6);
  });
});
