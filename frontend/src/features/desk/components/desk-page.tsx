import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { ProblemError } from '@/lib/api/problem';
import { DeskForm } from './desk-form';
import { DeskReceipt } from './desk-receipt';
import { useDesk } from './use-desk';

/** Cash in, cash out and transfers for the customer at the counter. */
export function DeskPage() {
  const { t } = useTranslation();
  const { order, outcome, error, busy, book, again, next } = useDesk();
  const needsStepUp = error instanceof ProblemError && error.code === 'auth.step-up-required';
  return (
    <Page title={t('staff.desk.title')} narrow>
      {order && outcome ? (
        <DeskReceipt order={order} outcome={outcome} onNext={next} />
      ) : order && !busy ? (
        <Card>
          {needsStepUp ? (
            <StepUp problem={error} busy={busy} onApproved={again} />
          ) : (
            <>
              <Alert role="status" title={t('payments.unknownTitle')}>
                {t('payments.unknownText')}
              </Alert>
              <ProblemNotice error={error} />
              <Button onClick={() => again()}>{t('payments.askNow')}</Button>
            </>
          )}
        </Card>
      ) : (
        <DeskForm busy={busy} error={error} onBook={book} />
      )}
    </Page>
  );
}
