import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Cosignature = Schemas['AccountsCosignatureAnswer'];

/** What waits for signatures about the customer's accounts: a few at most. */
export const waitingSignaturesQuery = queryOptions({
  queryKey: ['accounts', 'signatures', 'waiting'],
  queryFn: async () => {
    const query = { status: 'waiting' as const, limit: 200 };
    return (await answer(api.GET('/api/v1/cosignatures', { params: { query } }))).items;
  },
});

/** Whether somebody's signature is what is missing. One who is invited is not among the signers yet. */
export function waitsFor(customerId: string | null | undefined, one: Cosignature): boolean {
  if (one.status !== 'waiting') return false;
  return !one.signers.some((signer) => signer.customer_id === customerId && signer.signed_at !== null);
}
