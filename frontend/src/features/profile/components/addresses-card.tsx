import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Dialog } from '@/components/dialog';
import { Icon } from '@/components/icon';
import { ListStates } from '@/components/list-states';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { type Address, addressesQuery } from '../api/addresses';
import { AddressForm } from './address-form';
import classes from './profile.module.css';

/** Where the person lives, gets letters and works: now, before, and from a day to come. */
export function AddressesCard() {
  const { t } = useTranslation();
  const addresses = useQuery(addressesQuery);
  const [adding, setAdding] = useState(false);
  const newestFirst = [...(addresses.data ?? [])].reverse();
  return (
    <Card
      title={t('profile.addresses')}
      aside={
        <Button
          variant="default"
          size="sm"
          leftSection={<Icon name="plus" size={16} />}
          onClick={() => setAdding(true)}
        >
          {t('profile.addAddress')}
        </Button>
      }
    >
      <ListStates query={addresses} empty={newestFirst.length === 0} emptyIcon="home" emptyText={t('common.none')}>
        <ul className={classes.list} aria-label={t('profile.addresses')}>
          {newestFirst.map((address) => (
            <Line key={address.id} address={address} />
          ))}
        </ul>
      </ListStates>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('profile.addAddress')}>
        <AddressForm onDone={() => setAdding(false)} />
      </Dialog>
    </Card>
  );
}

function Line({ address }: { address: Address }) {
  const { t } = useTranslation();
  const { street, postal_code, city, country } = address;
  const from = formatDay(address.valid_from, locale());
  const type = t(`profile.kind.${address.type as 'home'}`, { defaultValue: address.type });
  return (
    <li className={classes.line}>
      <span className={classes.words}>
        <span>
          {street}, {postal_code} {city}, {country}
        </span>
        <span className={classes.quiet}>
          {type} ·{' '}
          {address.valid_until
            ? t('profile.fromTo', { from, to: formatDay(address.valid_until, locale()) })
            : t('profile.from', { from })}
        </span>
      </span>
      {address.present ? <Badge variant="default">{t('profile.now')}</Badge> : null}
    </li>
  );
}
