import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing, isSignedOut } from '@/lib/api/problem';

/** The key under which it is known who is signed in. */
export const SESSION_KEY = ['session'] as const;

function onError(error: unknown): void {
  // Whatever the bank is asked, the answer may be that the session has ended: the door then shows sign-in.
  if (isSignedOut(error)) queryClient.setQueryData(SESSION_KEY, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => isPassing(error) && count < 2,
      retryDelay: (count) => 500 * 2 ** count,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});
