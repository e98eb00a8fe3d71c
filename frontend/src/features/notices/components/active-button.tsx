import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import type { Announcement } from '@/lib/bank/announcements';
import { changeNotice } from '../api/change-notice';

/** Takes an announcement down, or puts it up again. */
export function ActiveButton({ notice }: { notice: Announcement }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const changing = useMutation({
    mutationFn: () => changeNotice(notice.id, { active: !notice.active, version: notice.version }),
    onSettled: () => client.invalidateQueries({ queryKey: ['announcements'] }),
  });
  return (
    <>
      <ProblemNotice error={changing.error} />
      <Button variant="default" size="sm" loading={changing.isPending} onClick={() => changing.mutate()}>
        {t(notice.active ? 'staff.notices.takeDown' : 'staff.notices.putUp')}
      </Button>
    </>
  );
}
