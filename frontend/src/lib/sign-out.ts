import { answer, api } from '@/lib/api/client';
import { queryClient, SESSION_KEY } from '@/lib/query-client';

/** End the session at the bank: the browser's cookies are gone with the answer. */
export function endSession() {
  return answer(api.POST('/api/v1/auth/logout', {}));
}

/** Forget everything that was shown to the person who left. */
export function forgetPerson(): void {
  sessionStorage.clear();
  queryClient.clear();
  queryClient.setQueryData(SESSION_KEY, null);
}
