import { answer, api, type Schemas } from '@/lib/api/client';

export function decideKyc(customerId: string, body: Schemas['KycRequest']) {
  const params = { path: { customer_id: customerId } };
  return answer(api.POST('/api/v1/customers/{customer_id}/kyc', { params, body }));
}
