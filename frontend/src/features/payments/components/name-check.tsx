import { Alert, Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import type { Order } from '../order';

/** What the bank says of the name: it matches, nearly, not at all, or cannot be told. */
export function NameCheck({ order, onUse }: { order: Order; onUse: (name: string) => void }) {
  const { t } = useTranslation();
  const typed = order.payeeName ?? '';
  const { result, suggestion } = order.nameCheck ?? { result: 'unavailable', suggestion: null };
  if (result === 'match') {
    return (
      <Alert color="vault" variant="outline" icon={<Icon name="check" />} title={t('payments.match')}>
        {t('payments.matchText', { name: typed })}
      </Alert>
    );
  }
  if (result === 'close') {
    return (
      <Alert color="gray" variant="outline" icon={<Icon name="user" />} title={t('payments.close')}>
        <Stack gap="sm" align="start">
          {t('payments.closeText', { typed, name: suggestion ?? '' })}
          {suggestion ? (
            <Button variant="default" size="sm" onClick={() => onUse(suggestion)}>
              {t('payments.useName', { name: suggestion })}
            </Button>
          ) : null}
        </Stack>
      </Alert>
    );
  }
  const unknown = result === 'unavailable';
  return (
    <Alert
      color={unknown ? 'gray' : 'red'}
      variant="outline"
      icon={<Icon name={unknown ? 'info-circle' : 'alert-triangle'} />}
      title={t(unknown ? 'payments.unavailable' : 'payments.noMatch')}
    >
      {unknown ? t('payments.unavailableText') : t('payments.noMatchText', { typed })}
    </Alert>
  );
}
