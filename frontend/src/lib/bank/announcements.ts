import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';

export type Announcement = Schemas['AnnouncementAnswer'];

/** What the bank says to everybody now, pinned ones first. */
export function announcementsQuery(limit: number) {
  return queryOptions({
    queryKey: ['announcements', limit],
    queryFn: async () => (await answer(api.GET('/api/v1/announcements', { params: { query: { limit } } }))).items,
    staleTime: 60_000,
  });
}
