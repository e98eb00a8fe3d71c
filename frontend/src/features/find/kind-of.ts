import type { Schemas } from '@/lib/api/client';
import { hasRightCheckDigits, plainIban } from '@/lib/iban';

type Kind = { customer?: Schemas['SearchRequest']; transactionId?: string };

/** What somebody may have typed: the number of an account, an e-mail address, a phone number, an id, or a name. */
export function kindOf(typed: string): Kind {
  const iban = plainIban(typed);
  if (hasRightCheckDigits(iban)) return { customer: { account_number: iban } };
  if (/^[0-9a-f]{8}-?[0-9a-f-]{20,}$/i.test(typed)) return { transactionId: typed };
  if (typed.includes('@')) return { customer: { email: typed } };
  if (/^[+0][\d\s()/-]{5,}$/.test(typed)) return { customer: { phone: typed.replace(/[^\d+]/g, '') } };
  return { customer: { name: typed } };
}
