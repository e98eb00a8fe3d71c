import { Alert, Button, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/lib/api/client';
import { Icon } from './icon';

type NameCheckProps = { typed: string; found: Schemas['LookupAnswer']; onUse: (name: string) => void };

/** What the bank says of the name: it matches, nearly, not at all, or cannot be told. */
export function NameCheck({ typed, found, onUse }: NameCheckProps) {
  const { t } = useTranslation();
  const { result, suggestion } = found;
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
