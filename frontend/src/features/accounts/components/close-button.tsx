import { Alert, Button, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountSelect } from '@/components/account-select';
import { Amount } from '@/components/amount';
import { Dialog } from '@/components/dialog';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ProblemNotice } from '@/components/problem-notice';
import { isPassing } from '@/lib/api/problem';
import { type Account, accountsQuery } from '@/lib/bank/accounts';
import { balanceOfQuery } from '../api/balance-of';
import { closeAccount } from '../api/close-account';

export function CloseButton({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" leftSection={<Icon name="x" size={18} />} onClick={() => setOpened(true)}>
        {t('manage.close')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('manage.closeTitle')}>
        <CloseForm account={account} onClosed={() => setOpened(false)} />
      </Dialog>
    </>
  );
}

/** What is left on the account needs a place to go; without one there are two ways out. */
function CloseForm({ account, onClosed }: { account: Account; onClosed: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const balance = useQuery(balanceOfQuery(account.id)).data;
  const accounts = useQuery(accountsQuery).data ?? [];
  const others = accounts.filter(
    (one) => one.id !== account.id && one.status === 'open' && one.currency === account.currency,
  );
  const [chosen, setChosen] = useState('');
  const key = useRef(crypto.randomUUID());
  const payout = others.find((one) => one.id === chosen) ?? others[0];
  const closing = useMutation({
    mutationFn: () => closeAccount(account.id, balance?.booked_minor ? (payout?.id ?? null) : null, key.current),
    onSuccess: async (answered) => {
      await client.invalidateQueries({ queryKey: ['accounts'] });
      await client.invalidateQueries({ queryKey: ['balances'] });
      if (!('approval' in answered || 'cosignature' in answered)) onClosed();
    },
    onError: (error) => {
      if (!isPassing(error)) key.current = crypto.randomUUID();
    },
  });
  const rest = balance?.booked_minor ?? 0;
  const stuck = rest !== 0 && !payout;
  const answered = closing.data;
  if (answered && ('approval' in answered || 'cosignature' in answered)) {
    return (
      <Alert role="status" icon={null}>
        {t('approval' in answered ? 'manage.closeWaits' : 'signatures.closeWaits')}
      </Alert>
    );
  }
  return (
    <Stack>
      <Text>{t('manage.closeText')}</Text>
      {rest === 0 ? null : (
        <Text>
          {t('manage.rest')} <Amount minor={rest} currency={account.currency} strong />
        </Text>
      )}
      {rest !== 0 && payout ? (
        <AccountSelect label={t('manage.payout')} accounts={others} value={payout.id} onChange={setChosen} />
      ) : null}
      <ProblemNotice error={closing.error} />
      {stuck ? (
        <Alert icon={null} title={t('manage.stuck')}>
          <Stack gap="sm" align="start">
            {t('manage.wayOut')}
            <LinkButton to="/pay" search={{ from: account.id }} variant="default">
              {t('shell.pay')}
            </LinkButton>
            <LinkButton to="/open-account" variant="default">
              {t('shell.openAccount')}
            </LinkButton>
          </Stack>
        </Alert>
      ) : null}
      <Button color="red.9" loading={closing.isPending} disabled={!balance} onClick={() => closing.mutate()}>
        {t('manage.reallyClose')}
      </Button>
    </Stack>
  );
}
