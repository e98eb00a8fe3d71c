import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export type User = Schemas['UserAnswer'];
export type RoleName = (typeof roleNames)[number];
export const roleNames = ['customer', 'teller', 'officer', 'supervisor', 'support', 'auditor', 'admin'] as const;

/** Who can sign in, everybody or those of one role. */
export function usersQuery(role: RoleName | undefined) {
  return pagesOf<User>(['users', role], (wish) =>
    answer(api.GET('/api/v1/users', { params: { query: { ...(role ? { role } : {}), ...wish } } })),
  );
}
