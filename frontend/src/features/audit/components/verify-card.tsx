import { Alert, Button, Progress, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import { auditServices } from '@/lib/bank/audit';
import { verifyTrail } from '../api/verify-trail';

type Bad = Schemas['BadRecordAnswer'] & { service: string };
type Found = { services: number; checked: number; bad: Bad[] };
const nothing: Found = { services: 0, checked: 0, bad: [] };

/** Follow the chain of every service's trail from its first record, and name what does not continue it. */
export function VerifyCard() {
  const { t } = useTranslation();
  const [found, setFound] = useState(nothing);
  const verifying = useMutation({
    mutationFn: async () => {
      let so: Found = nothing;
      setFound(so);
      for (const service of auditServices) {
        for (let after: number | null = 0; after !== null; ) {
          const said: Schemas['VerificationAnswer'] = await verifyTrail(service, after);
          const bad = said.bad.map((one) => ({ ...one, service }));
          so = { ...so, checked: so.checked + said.checked, bad: [...so.bad, ...bad] };
          after = said.next;
          setFound(so);
        }
        so = { ...so, services: so.services + 1 };
        setFound(so);
      }
    },
  });
  const share = (found.services / auditServices.length) * 100;
  return (
    <Card
      title={t('staff.audit.chain')}
      aside={
        <Button
          variant="default"
          size="sm"
          leftSection={<Icon name="shield-lock" size={18} />}
          loading={verifying.isPending}
          onClick={() => verifying.mutate()}
        >
          {t('staff.audit.verify')}
        </Button>
      }
    >
      {verifying.isPending ? <Progress value={share} aria-label={t('staff.audit.chain')} /> : null}
      <ProblemNotice error={verifying.error} />
      {verifying.isSuccess && found.bad.length === 0 ? (
        <Alert role="status" icon={<Icon name="check" />}>
          {t('staff.audit.unbroken', { count: found.checked })}
        </Alert>
      ) : null}
      {found.bad.length > 0 ? (
        <>
          <Text fw={600} role="alert">
            {t('staff.audit.broken')}
          </Text>
          <DataTable
            label={t('staff.audit.broken')}
            rows={found.bad}
            rowKey={(row) => `${row.service} ${row.key} ${row.problem}`}
            columns={[
              { name: t('staff.audit.service'), show: (row) => row.service },
              { name: t('staff.audit.record'), show: (row) => row.key },
              { name: t('staff.letters.error'), show: (row) => row.problem },
            ]}
          />
        </>
      ) : null}
    </Card>
  );
}
