import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** All announcements: past, present and to come. */
export function noticesQuery() {
  return pagesOf<Schemas['AnnouncementAnswer']>(['announcements', 'all'], (wish) =>
    answer(api.GET('/api/v1/announcements', { params: { query: { show: 'all', ...wish } } })),
  );
}
