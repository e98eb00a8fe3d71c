import { answer, api } from '@/lib/api/client';

export function rejectCommand(approvalId: string, note: string) {
  const params = { path: { approval_id: approvalId } };
  return answer(api.POST('/api/v1/approvals/{approval_id}/reject', { params, body: note ? { note } : {} }));
}
