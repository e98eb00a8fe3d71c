import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/lib/api/client';

const PROVEN_KEY = ['proven'] as const;

/** Whether the person wishes balances hidden until the password is given. */
export const privacyQuery = queryOptions({
  queryKey: ['privacy'],
  queryFn: () => answer(api.GET('/api/v1/auth/privacy')),
  staleTime: 60_000,
});

/** What was typed is a code of the second factor if it looks like one, else the password. */
export function proofOf(typed: string): { otp: string } | { password: string } {
  const code = typed.trim();
  return /^\d{6,8}$/.test(code) ? { otp: code } : { password: typed };
}

/** Prove again who one is; amounts may then be shown for a while. */
export function proveAgain(typed: string) {
  return answer(api.POST('/api/v1/auth/reauthenticate', { body: proofOf(typed) }));
}

type Secrecy = {
  /** Hidden right now. */
  hidden: boolean;
  /** Shown now, but only because the password was given. */
  shownForNow: boolean;
  show: (until: string) => void;
  hide: () => void;
};

export function useSecrecy(): Secrecy {
  const client = useQueryClient();
  const privacy = useQuery(privacyQuery);
  const until = useQuery<string | null>({ queryKey: PROVEN_KEY, queryFn: () => null, staleTime: Infinity }).data;
  const proven = Boolean(until && new Date(until).getTime() > Date.now());
  // Until it is known what the person wishes, nothing is shown.
  const wished = privacy.data?.hides_balance ?? !privacy.isError;
  return {
    hidden: wished && !proven,
    shownForNow: wished && proven,
    show: (moment) => client.setQueryData(PROVEN_KEY, moment),
    hide: () => client.setQueryData(PROVEN_KEY, null),
  };
}
