import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountLabel } from '@/lib/bank/account-labels';
import type { Account } from '@/lib/bank/accounts';
import { payeesQuery } from '@/lib/bank/payees';
import { type Product, productsQuery } from '@/lib/bank/products';
import { groupedIban } from '@/lib/iban';
import type { PayForm } from './use-pay-form';

export function optionOf(account: Account, products: Product[] | undefined) {
  const end = groupedIban(account.account_number).slice(-7);
  return { value: account.id, label: `${accountLabel(account, products)} · ${end}` };
}

/** Somebody else by name and number, or another account of one's own. */
export function PayeeFields({ form, tried }: { form: PayForm; tried: boolean }) {
  const { t } = useTranslation();
  const products = useQuery(productsQuery).data;
  const { typed, change, others, to, iban } = form;
  return (
    <>
      {others.length > 0 ? (
        <SegmentedControl
          aria-label={t('payments.to')}
          data={[
            { value: 'person', label: t('payments.toPerson') },
            { value: 'own', label: t('payments.toOwn') },
          ]}
          value={typed.own ? 'own' : 'person'}
          onChange={(chosen) => change({ own: chosen === 'own' })}
        />
      ) : null}
      {typed.own && to ? (
        <NativeSelect
          label={t('payments.toAccount')}
          data={others.map((account) => optionOf(account, products))}
          value={to.id}
          onChange={(event) => change({ toId: event.currentTarget.value })}
        />
      ) : (
        <>
          <SavedPayee form={form} />
          <TextInput
            label={t('payments.name')}
            maxLength={200}
            autoComplete="off"
            value={typed.name}
            error={tried && typed.name.trim() === '' ? t('payments.required') : undefined}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t('payments.number')}
            autoComplete="off"
            spellCheck={false}
            value={typed.number}
            error={(tried || iban.length >= 22) && !form.ibanIsRight ? t('payments.numberWrong') : undefined}
            onChange={(event) => change({ number: event.currentTarget.value })}
            onBlur={() => change({ number: groupedIban(iban) })}
          />
        </>
      )}
    </>
  );
}

/** Fills in somebody whose name and number were compared before; nothing stands here while there is nobody. */
function SavedPayee({ form }: { form: PayForm }) {
  const { t } = useTranslation();
  const { payee: wished } = useSearch({ from: '/house/pay' });
  const payees = useQuery(payeesQuery).data ?? [];
  const [begun, setBegun] = useState(false);
  const { typed, change, iban } = form;
  const chosen = payees.find((payee) => payee.account_number === iban && payee.name === typed.name);
  const choose = (id: string | undefined) => {
    const payee = payees.find((one) => one.id === id);
    change(payee ? { name: payee.name, number: groupedIban(payee.account_number) } : { name: '', number: '' });
  };
  const first = !begun && typed.name === '' && payees.some((payee) => payee.id === wished);
  useEffect(() => {
    // Who comes from the list of payees finds the payee filled in, once.
    if (!first) return;
    setBegun(true);
    choose(wished);
  });
  if (payees.length === 0) return null;
  return (
    <NativeSelect
      label={t('payees.saved')}
      data={[
        { value: '', label: t('payees.another') },
        ...payees.map((payee) => ({ value: payee.id, label: payee.nickname ?? payee.name })),
      ]}
      value={chosen?.id ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
