import { answer, api, type Schemas } from '@/lib/api/client';

export function addMember(body: Schemas['StaffRequest']) {
  return answer(api.POST('/api/v1/staff', { body }));
}
