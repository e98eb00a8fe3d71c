import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

export const kycStates = ['applied', 'verifying', 'verified', 'rejected'] as const;
export type KycState = (typeof kycStates)[number];
/** Who waits for an officer's decision. */
export const kycWaiting: KycState[] = ['applied', 'verifying'];

/** How many customers are known how well, without showing any of them. */
export const kycCountsQuery = queryOptions({
  queryKey: ['customers', 'kyc-counts'],
  queryFn: () => answer(api.GET('/api/v1/customers/kyc-counts', {})),
});
