import { answer, api, type Schemas } from '@/lib/api/client';
import { pagesOf } from '@/lib/api/pages';

export type Approval = Schemas['ApprovalAnswer'];
export const approvalStates = ['pending', 'approved', 'rejected', 'expired', 'void', 'executed', 'failed'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** Commands that wait for a second person, or waited: those the signed-in person may see. */
export function approvalsQuery(status: ApprovalState) {
  return {
    ...pagesOf<Approval>(['approvals', status], (wish) =>
      answer(api.GET('/api/v1/approvals', { params: { query: { status, ...wish } } })),
    ),
    refetchInterval: 15_000,
  };
}
