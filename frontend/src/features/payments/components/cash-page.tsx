import { Alert, Button, NativeSelect, SegmentedControl, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountInput } from '@/components/amount-input';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { StepUp } from '@/components/step-up';
import { ProblemError } from '@/lib/api/problem';
import { accountLabel } from '@/lib/bank/account-labels';
import { accountsQuery } from '@/lib/bank/accounts';
import { balancesQuery } from '@/lib/bank/balances';
import { productsQuery } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { formatAmount, parseAmount } from '@/lib/money';
import { newOrder, type Order, useOrder } from '../order';
import { Receipt } from './receipt';
import { useSending } from './use-sending';

/** Deposit and withdraw where the product allows it; the order survives reload like a payment. */
export function CashPage() {
  const { t } = useTranslation();
  const order = useOrder(useSearch({ from: '/house/cash' }).order);
  return (
    <Page title={t('payments.cashTitle')} narrow>
      {order?.booked ? <Receipt order={order} again={false} /> : order ? <Underway order={order} /> : <CashForm />}
    </Page>
  );
}

function CashForm() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const products = useQuery(productsQuery);
  const accounts = useQuery(accountsQuery);
  const allowed = (accounts.data ?? []).filter(
    (account) =>
      account.status === 'open' && products.data?.some((one) => one.id === account.product && one.customer_may_deposit),
  );
  const balances = useQuery(balancesQuery(allowed.map((account) => account.id))).data;
  const [kind, setKind] = useState<'deposit' | 'withdrawal'>('deposit');
  const [chosen, setChosen] = useState('');
  const [amount, setAmount] = useState('');
  const [tried, setTried] = useState(false);
  const account = allowed.find((one) => one.id === chosen) ?? allowed[0];
  const currency = account?.currency ?? 'EUR';
  const parsed = parseAmount(amount, currency, locale());
  const available = balances?.find((balance) => balance.account_id === account?.id)?.available_minor;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!account || !('minor' in parsed)) return;
    const order = newOrder({ kind, fromAccountId: account.id, amountMinor: parsed.minor, currency, description: '' });
    void navigate({ to: '/cash', search: { order: order.id } });
  };
  const shown = 'minor' in parsed ? formatAmount(parsed.minor, currency, locale()) : '';
  return (
    <Card>
      <ListStates
        query={accounts.isPending || accounts.error ? accounts : products}
        empty={allowed.length === 0}
        emptyIcon="wallet"
        emptyText={t('payments.noCash')}
      >
        <form noValidate onSubmit={submit}>
          <Stack gap="md">
            <SegmentedControl
              aria-label={t('payments.what')}
              data={[
                { value: 'deposit', label: t('payments.deposit') },
                { value: 'withdrawal', label: t('payments.withdrawal') },
              ]}
              value={kind}
              onChange={(value) => setKind(value === 'withdrawal' ? 'withdrawal' : 'deposit')}
            />
            <NativeSelect
              label={t('payments.account')}
              data={allowed.map((one) => ({ value: one.id, label: accountLabel(one, products.data) }))}
              value={account?.id ?? ''}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
            <AmountInput
              value={amount}
              currency={currency}
              onChange={setAmount}
              availableMinor={kind === 'withdrawal' ? available : undefined}
              strict={tried}
            />
            <Button type="submit">
              {t(kind === 'deposit' ? 'payments.doDeposit' : 'payments.doWithdrawal', { amount: shown })}
            </Button>
          </Stack>
        </form>
      </ListStates>
    </Card>
  );
}

/** Sent as soon as it is shown; what the bank refuses can be changed in a new order. */
function Underway({ order }: { order: Order }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, error, send } = useSending(order);
  const needsStepUp = error instanceof ProblemError && error.code === 'auth.step-up-required';
  const amount = formatAmount(order.amountMinor, order.currency, locale());
  const waiting = order.state === 'asked';
  return (
    <Card>
      {waiting ? (
        <Alert role="status" title={t('payments.unknownTitle')}>
          {t('payments.unknownText')}
        </Alert>
      ) : null}
      {needsStepUp ? (
        <StepUp problem={error} busy={busy} onApproved={send} />
      ) : (
        <ProblemNotice error={waiting ? null : error} />
      )}
      {needsStepUp ? null : (
        <Button loading={busy} onClick={() => send()}>
          {t(order.kind === 'deposit' ? 'payments.doDeposit' : 'payments.doWithdrawal', { amount })}
        </Button>
      )}
      <Button variant="default" disabled={waiting} onClick={() => void navigate({ to: '/cash', search: {} })}>
        {t('payments.change')}
      </Button>
    </Card>
  );
}
