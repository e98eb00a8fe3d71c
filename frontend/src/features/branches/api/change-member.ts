import { answer, api, type Schemas } from '@/lib/api/client';

export function changeMember(staffId: string, body: Schemas['StaffChange']) {
  return answer(api.PATCH('/api/v1/staff/{staff_id}', { params: { path: { staff_id: staffId } }, body }));
}
