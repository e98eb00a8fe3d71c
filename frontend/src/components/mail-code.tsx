import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '@/lib/api/problem';
import { mailCode } from '@/lib/bank/mail-code';
import { Icon } from './icon';
import { ProblemNotice } from './problem-notice';

/** What a refused proof says would do instead. */
function takesMailedCode(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return false;
  const wanted = error.members.factors ?? error.members.needs;
  return Array.isArray(wanted) && wanted.includes('email');
}

/** Stands only where the bank refused a proof and would take a code sent by e-mail. */
export function MailCode({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const sending = useMutation({ mutationFn: mailCode });
  if (!takesMailedCode(error)) return null;
  return (
    <Stack gap="xs">
      {sending.isSuccess ? <Text role="status">{t('payments.codeMailed')}</Text> : null}
      <ProblemNotice error={sending.error} />
      <Button
        variant="default"
        leftSection={<Icon name="send" size={18} />}
        loading={sending.isPending}
        onClick={() => sending.mutate()}
      >
        {t('payments.mailCode')}
      </Button>
    </Stack>
  );
}
