import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AccountSelect } from '@/components/account-select';
import { AmountInput } from '@/components/amount-input';
import { groupedIban } from '@/lib/iban';
import classes from './orders.module.css';
import { calendarRules, type OrderForm, rhythms } from './use-order-form';

type OrderFieldsProps = { form: OrderForm; tried: boolean };

/** Who gets how much, how often, and from when to when. */
export function OrderFields({ form, tried }: OrderFieldsProps) {
  const { t } = useTranslation();
  const { typed, change } = form;
  return (
    <>
      <AccountSelect
        label={t('payments.from')}
        accounts={form.open}
        value={form.from?.id ?? ''}
        onChange={(fromId) => change({ fromId })}
      />
      <Payee form={form} tried={tried} />
      <AmountInput
        value={typed.amount}
        currency={form.currency}
        onChange={(amount) => change({ amount })}
        strict={tried}
      />
      <TextInput
        label={`${t('payments.text')} (${t('common.optional')})`}
        maxLength={140}
        value={typed.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('orders.rhythmLabel')}
        data={rhythms.map((rhythm) => ({ value: rhythm, label: t(`orders.rhythm.${rhythm}`) }))}
        value={typed.rhythm}
        onChange={(event) => change({ rhythm: rhythms.find((one) => one === event.currentTarget.value) ?? 'monthly' })}
      />
      <div className={classes.pair}>
        <TextInput
          label={t('orders.start')}
          type="date"
          min={form.earliest}
          value={form.startOn}
          onChange={(event) => change({ startOn: event.currentTarget.value })}
        />
        {typed.rhythm === 'once' ? null : (
          <TextInput
            label={`${t('orders.end')} (${t('common.optional')})`}
            type="date"
            min={form.startOn}
            value={typed.endOn}
            error={form.daysAreRight ? undefined : t('problems.transactions_bad-order-days.next')}
            onChange={(event) => change({ endOn: event.currentTarget.value })}
          />
        )}
      </div>
      <NativeSelect
        label={t('orders.holidays')}
        data={calendarRules.map((rule) => ({ value: rule, label: t(`orders.calendar.${rule}`) }))}
        value={typed.rule}
        onChange={(event) => change({ rule: calendarRules.find((one) => one === event.currentTarget.value) ?? 'none' })}
      />
    </>
  );
}

function Payee({ form, tried }: OrderFieldsProps) {
  const { t } = useTranslation();
  const { typed, change, others, to, own, iban } = form;
  return (
    <>
      {others.length > 0 ? (
        <SegmentedControl
          aria-label={t('payments.to')}
          data={[
            { value: 'person', label: t('payments.toPerson') },
            { value: 'own', label: t('payments.toOwn') },
          ]}
          value={own ? 'own' : 'person'}
          onChange={(chosen) => change({ own: chosen === 'own' })}
        />
      ) : null}
      {own && to ? (
        <AccountSelect
          label={t('payments.toAccount')}
          accounts={others}
          value={to.id}
          onChange={(toId) => change({ toId })}
        />
      ) : (
        <>
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
