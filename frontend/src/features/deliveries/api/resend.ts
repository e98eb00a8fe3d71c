import { answer, api } from '@/lib/api/client';

export function resend(deliveryId: string) {
  const params = { path: { delivery_id: deliveryId } };
  return answer(api.POST('/api/v1/deliveries/{delivery_id}/resend', { params, body: {} }));
}
