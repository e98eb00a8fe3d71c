import { answer, api } from '@/lib/api/client';

export function markRead(itemId: string) {
  return answer(api.POST('/api/v1/notifications/{item_id}/read', { params: { path: { item_id: itemId } }, body: {} }));
}
