import { Button, NativeSelect, Stack } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { type ApprovalState, approvalStates, approvalsQuery } from '@/lib/bank/approvals';
import { ApprovalCard } from './approval-card';

/** What waits for a second pair of eyes, with what each would change. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const [state, setState] = useState<ApprovalState>('pending');
  const approvals = useInfiniteQuery(approvalsQuery(state));
  const rows = approvals.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('staff.approvals.title')}>
      <NativeSelect
        label={t('staff.approvals.show')}
        data={approvalStates.map((value) => ({ value, label: t(`staff.approvals.states.${value}`) }))}
        value={state}
        onChange={(event) => setState(approvalStates.find((one) => one === event.currentTarget.value) ?? 'pending')}
      />
      <ListStates query={approvals} empty={rows.length === 0} emptyIcon="check" emptyText={t('staff.approvals.none')}>
        <Stack gap="md">
          {rows.map((approval) => (
            <ApprovalCard key={approval.id} approval={approval} />
          ))}
          {approvals.hasNextPage ? (
            <Button
              variant="default"
              loading={approvals.isFetchingNextPage}
              onClick={() => void approvals.fetchNextPage()}
            >
              {t('common.loadMore')}
            </Button>
          ) : null}
        </Stack>
      </ListStates>
    </Page>
  );
}
