import { answer, api } from '@/lib/api/client';
import type { auditServices } from '@/lib/bank/audit';

/** Have one piece of a service's chain checked; `next` says where to go on. */
export function verifyTrail(service: (typeof auditServices)[number], after: number) {
  return answer(api.GET('/api/v1/audit/verification', { params: { query: { service, after } } }));
}
