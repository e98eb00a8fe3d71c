import { queryOptions, useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '@/lib/api/client';
import { isSignedOut } from '@/lib/api/problem';
import { SESSION_KEY } from '@/lib/query-client';

type Session = Schemas['MeAnswer'];

async function whoAmI(): Promise<Session | null> {
  try {
    return await answer(api.GET('/api/v1/auth/me'));
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
}

/** Who is signed in at this browser, or null. */
export const sessionQuery = queryOptions({ queryKey: SESSION_KEY, queryFn: whoAmI, staleTime: 60_000 });

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null;
}
