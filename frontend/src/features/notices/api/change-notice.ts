import { answer, api, type Schemas } from '@/lib/api/client';

export function changeNotice(noticeId: string, body: Schemas['AnnouncementChange']) {
  const params = { path: { announcement_id: noticeId } };
  return answer(api.PATCH('/api/v1/announcements/{announcement_id}', { params, body }));
}
