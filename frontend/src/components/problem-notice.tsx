import { Alert, Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/lib/api/problem';
import { problemWords } from '@/lib/api/problem-words';
import { CopyButton } from './copy-button';
import { Icon } from './icon';

type ProblemNoticeProps = { error: unknown; onRetry?: () => void };

/** What went wrong, in plain words, and what to do next; the request's number helps the bank to find it. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const { t } = useTranslation();
  if (!error) return null;
  const words = problemWords(error);
  const requestId = error instanceof ProblemError ? error.requestId : null;
  return (
    <Alert color="red" variant="outline" role="alert" icon={<Icon name="alert-triangle" />} title={words.title}>
      {words.nextStep ? <Text size="sm">{words.nextStep}</Text> : null}
      <Group gap="xs" mt={onRetry || requestId ? 'xs' : 0}>
        {onRetry ? (
          <Button variant="default" size="sm" leftSection={<Icon name="refresh" size={16} />} onClick={onRetry}>
            {t('common.retry')}
          </Button>
        ) : null}
        {requestId ? <CopyButton text={requestId} label={t('common.copyRequestId')} /> : null}
      </Group>
    </Alert>
  );
}
