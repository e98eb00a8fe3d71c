import { answer, api, type Schemas } from '@/lib/api/client';

export function addBranch(body: Schemas['BranchRequest']) {
  return answer(api.POST('/api/v1/branches', { body }));
}
