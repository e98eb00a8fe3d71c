import { Alert } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import { Steps } from '@/components/steps';
import { isSettled, type Order, useOrder } from '../order';
import { PayDetails } from './pay-details';
import { PayReview } from './pay-review';
import { Receipt } from './receipt';
import { Waiting } from './waiting';

/** Send money: details, review, receipt. The order's id is in the address, so Back and reload find the same order. */
export function PayPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/house/pay' });
  const order = useOrder(search.order);
  const step = stepOf(search, order);
  return (
    <Page title={t('payments.title')} narrow>
      <Steps now={step} names={[t('payments.stepDetails'), t('payments.stepReview'), t('payments.stepDone')]} />
      {search.order && !order ? (
        <Alert icon={null}>
          <p>{t('payments.gone')}</p>
          <LinkButton to="/pay" search={{}} variant="default">
            {t('payments.another')}
          </LinkButton>
        </Alert>
      ) : null}
      {step === 0 && (!search.order || order) ? <PayDetails key={search.order ?? 'new'} order={order} /> : null}
      {step === 1 && order ? <PayReview order={order} /> : null}
      {step === 2 && order?.waitsUntil ? <Waiting order={order} until={order.waitsUntil} /> : null}
      {step === 2 && order?.booked ? <Receipt order={order} again={search.step !== 'done'} /> : null}
    </Page>
  );
}

/** What was sent is shown as sent, wherever Back leads; what may have been sent cannot be changed. */
function stepOf(search: { step?: 'review' | 'done' }, order: Order | null): 0 | 1 | 2 {
  if (order && isSettled(order)) return 2;
  if (order?.state === 'asked') return 1;
  return order && search.step ? 1 : 0;
}
