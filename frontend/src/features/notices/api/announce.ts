import { answer, api, type Schemas } from '@/lib/api/client';

export function announce(body: Schemas['AnnouncementRequest']) {
  return answer(api.POST('/api/v1/announcements', { body }));
}
