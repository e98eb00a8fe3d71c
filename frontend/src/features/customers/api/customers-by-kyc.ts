import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';
import type { KycState } from '@/lib/bank/kyc';

/** The customers who are known like that. */
export function customersByKycQuery(states: KycState[]) {
  return pagesOf<Schemas['CustomerAnswer']>(['customers', 'kyc', ...states], (wish) =>
    answer(api.GET('/api/v1/customers', { params: { query: { kyc_state: states, masked: true, ...wish } } })),
  );
}
