import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { server } from '@/testing/server';
import { type Newcomer, newKeys, welcome } from './welcome';

const api = 'http://localhost:8080/api/v1';
const nora: Newcomer = {
  first_name: 'Nora',
  last_name: 'Neu',
  email: 'nora@demo.bank',
  phone: '+49301234567',
  date_of_birth: '1990-04-01',
  street: 'Weg 1',
  city: 'Berlin',
  state: 'Berlin',
  postal_code: '10115',
  country: 'DE',
};

function bank(sent: Record<string, unknown>[]) {
  server.use(
    http.post(`${api}/customers`, async ({ request }) => {
      sent.push({ key: request.headers.get('Idempotency-Key'), ...((await request.json()) as object) });
      return HttpResponse.json({ customer: { id: 'c-1' }, user_id: 'u-1', account: null }, { status: 201 });
    }),
    http.post(`${api}/accounts`, async ({ request }) => {
      sent.push({ key: request.headers.get('Idempotency-Key'), ...((await request.json()) as object) });
      return HttpResponse.json({ account_number: 'DE89370400440532013000', status: 'open' }, { status: 201 });
    }),
  );
}

describe('a new customer at the desk', () => {
  it('gets an account with the deposit, each under its own key', async () => {
    const sent: Record<string, unknown>[] = [];
    bank(sent);
    const keys = newKeys();
    const done = await welcome(nora, { product: 'current', depositMinor: 2500 }, keys);
    expect(done).toEqual({ customerId: 'c-1', accountNumber: 'DE89370400440532013000', status: 'open' });
    expect(sent[0]).toMatchObject({ key: keys.customer, email: 'nora@demo.bank', address: { city: 'Berlin' } });
    expect(sent[0]).not.toHaveProperty('city');
    expect(sent[1]).toEqual({
      key: keys.account,
      customer_id: 'c-1',
      product: 'current',
      initial_deposit_minor: 2500,
    });
  });

  it('has no deposit when nothing was put on the counter', async () => {
    const sent: Record<string, unknown>[] = [];
    bank(sent);
    await welcome(nora, { product: 'current', depositMinor: 0 }, newKeys());
    expect(sent[1]).not.toHaveProperty('initial_deposit_minor');
  });

  it('has no account before the address is confirmed, where the bank asks for that', async () => {
    server.use(http.post(`${api}/customers`, () => HttpResponse.json({ status: 'confirm-email' }, { status: 202 })));
    expect(await welcome(nora, { product: 'current', depositMinor: 1 }, newKeys())).toEqual({ confirm: true });
  });
});
