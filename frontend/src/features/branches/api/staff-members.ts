import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** Who works where, as far as the person may see. */
export function staffMembersQuery() {
  return pagesOf<Schemas['StaffAnswer']>(['staff-members'], (query) =>
    answer(api.GET('/api/v1/staff', { params: { query } })),
  );
}
