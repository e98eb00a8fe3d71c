import { Button, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AmountInput } from '@/components/amount-input';
import { Card } from '@/components/card';
import { ProblemNotice } from '@/components/problem-notice';
import { locale } from '@/lib/i18n';
import { groupedIban, plainIban } from '@/lib/iban';
import { formatAmount, parseAmount } from '@/lib/money';
import { type DeskKind, type DeskOrder, deskKinds } from '../desk-order';
import { Holder } from './holder';
import { useHolder } from './use-holder';

type DeskFormProps = { busy: boolean; error: unknown; onBook: (order: DeskOrder) => void };

export function DeskForm({ busy, error, onBook }: DeskFormProps) {
  const { t } = useTranslation();
  const { account: wished = '' } = useSearch({ from: '/staff/desk' });
  const [kind, setKind] = useState<DeskKind>('deposit');
  const [number, setNumber] = useState(groupedIban(wished));
  const [payee, setPayee] = useState('');
  const [amount, setAmount] = useState('');
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const from = useHolder(number);
  const to = useHolder(kind === 'transfer' ? payee : '');
  const currency = from.account?.currency ?? 'EUR';
  const parsed = parseAmount(amount, currency, locale());
  const shown = 'minor' in parsed ? formatAmount(parsed.minor, currency, locale()) : '';
  const payeeIsRight = kind !== 'transfer' || (to.isNumber && plainIban(payee) !== plainIban(number));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!from.account || !payeeIsRight || busy || !('minor' in parsed)) return;
    onBook({
      kind,
      key: crypto.randomUUID(),
      accountId: from.account.id,
      accountNumber: from.account.account_number,
      holder: from.name,
      amountMinor: parsed.minor,
      currency,
      description: text.trim(),
      ...(kind === 'transfer' ? { payeeNumber: plainIban(payee), payeeName: to.name } : {}),
    });
  };
  return (
    <Card>
      <form noValidate onSubmit={submit}>
        <Stack gap="md">
          <SegmentedControl
            aria-label={t('staff.desk.what')}
            data={deskKinds.map((value) => ({ value, label: t(`staff.desk.kinds.${value}`) }))}
            value={kind}
            onChange={(value) => setKind(deskKinds.find((one) => one === value) ?? 'deposit')}
          />
          <TextInput
            label={t('staff.desk.account')}
            autoComplete="off"
            value={number}
            error={tried && !from.account && !from.isPending ? t('staff.desk.noAccount') : undefined}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <Holder holder={from} />
          {kind === 'transfer' ? (
            <>
              <TextInput
                label={t('staff.desk.payee')}
                autoComplete="off"
                value={payee}
                error={tried && !payeeIsRight ? t('staff.desk.noPayee') : undefined}
                onChange={(event) => setPayee(event.currentTarget.value)}
              />
              <Holder holder={to} />
            </>
          ) : null}
          <AmountInput
            value={amount}
            currency={currency}
            onChange={setAmount}
            availableMinor={kind === 'deposit' ? undefined : from.availableMinor}
            strict={tried}
          />
          <TextInput
            label={`${t('staff.desk.text')} (${t('common.optional')})`}
            maxLength={140}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ProblemNotice error={error} />
          <Button type="submit" loading={busy}>
            {t(`staff.desk.book.${kind}`, { amount: shown })}
          </Button>
        </Stack>
      </form>
    </Card>
  );
}
