import { answer, api, type Schemas } from '@/lib/api/client';

export function changeBranch(branchId: string, body: Schemas['BranchChange']) {
  return answer(api.PATCH('/api/v1/branches/{branch_id}', { params: { path: { branch_id: branchId } }, body }));
}
