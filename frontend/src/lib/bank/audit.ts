import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export type AuditRow = Schemas['AuditAnswer'];
export const auditServices = ['identity', 'accounts', 'transactions', 'support', 'notifications'] as const;
export type AuditFilter = {
  service?: (typeof auditServices)[number];
  actor?: string;
  subject?: string;
  from?: string;
  to?: string;
};

/** Who did what, when and why, over all services, the newest first. */
export function auditQuery(filter: AuditFilter) {
  return pagesOf<AuditRow>(['audit', filter], (wish) =>
    answer(api.GET('/api/v1/audit', { params: { query: { ...filter, ...wish } } })),
  );
}
