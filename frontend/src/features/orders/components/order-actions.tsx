import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { Icon } from '@/components/icon';
import { ProblemNotice } from '@/components/problem-notice';
import { cancelOrder } from '../api/cancel-order';
import { changeOrder } from '../api/change-order';
import type { StandingOrder } from '../api/orders';
import { ChangeForm } from './change-form';

/** Pause, go on, change, cancel: as long as the order lasts. */
export function OrderActions({ order }: { order: StandingOrder }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState<'change' | 'cancel' | null>(null);
  const again = () => client.invalidateQueries({ queryKey: ['orders'] });
  const paused = order.status === 'paused';
  const pausing = useMutation({
    mutationFn: () => changeOrder(order, { status: paused ? 'active' : 'paused' }),
    onSettled: again,
  });
  const cancelling = useMutation({
    mutationFn: () => cancelOrder(order.id),
    onSuccess: () => setAsking(null),
    onSettled: again,
  });
  if (order.status === 'ended' || order.status === 'cancelled') return null;
  return (
    <>
      <ProblemNotice error={pausing.error} />
      <Group gap="sm">
        <Button variant="default" leftSection={<Icon name="pencil" size={18} />} onClick={() => setAsking('change')}>
          {t('orders.edit')}
        </Button>
        <Button
          variant="default"
          loading={pausing.isPending}
          leftSection={<Icon name={paused ? 'repeat' : 'pause'} size={18} />}
          onClick={() => pausing.mutate()}
        >
          {t(paused ? 'orders.resume' : 'orders.pause')}
        </Button>
        <Button variant="default" leftSection={<Icon name="x" size={18} />} onClick={() => setAsking('cancel')}>
          {t('orders.cancel')}
        </Button>
      </Group>
      <Dialog opened={asking === 'change'} onClose={() => setAsking(null)} title={t('orders.edit')}>
        <ChangeForm order={order} onDone={() => setAsking(null)} />
      </Dialog>
      <Dialog opened={asking === 'cancel'} onClose={() => setAsking(null)} title={t('orders.cancel')}>
        <Stack>
          <Text>{t('orders.cancelText')}</Text>
          <ProblemNotice error={cancelling.error} />
          <Button color="red.9" loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t('orders.reallyCancel')}
          </Button>
        </Stack>
      </Dialog>
    </>
  );
}
