import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

/** Where the bank is to be found. */
export function branchesQuery() {
  return pagesOf<Schemas['BranchAnswer']>(['branches'], (query) =>
    answer(api.GET('/api/v1/branches', { params: { query } })),
  );
}
