import { answer, api } from '@/lib/api/client';

export function approveCommand(approvalId: string, note: string) {
  const params = { path: { approval_id: approvalId } };
  return answer(api.POST('/api/v1/approvals/{approval_id}/approve', { params, body: note ? { note } : {} }));
}
