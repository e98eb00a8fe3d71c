import type { texts } from '@/config/texts/en/all';

type LookedAt = keyof typeof texts.security.lookedAt;

/** Longer paths first: the notes of a customer are no personal details. */
const KINDS: [RegExp, LookedAt][] = [
  [/\/tickets|\/attachments/, 'tickets'],
  [/\/notes/, 'notes'],
  [/\/kyc/, 'identity'],
  [/\/auth|\/users|\/sessions/, 'signIns'],
  [/\/balances|\/transactions|\/statements|\/holds|\/interest|\/standing-orders|\/payees/, 'money'],
  [/\/accounts|\/closed-accounts/, 'accounts'],
];

/** Say in a word what an operation of the API shows, such as `GET /api/v1/balances/{account_id}`. */
export function lookedAt(operation: string): LookedAt {
  return KINDS.find(([path]) => path.test(operation))?.[1] ?? 'details';
}
