import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { Icon, type IconName } from '@/components/icon';
import { destinations } from '@/config/navigation';
import { accountLabel } from '@/lib/bank/account-labels';
import { accountsQuery } from '@/lib/bank/accounts';
import { productsQuery } from '@/lib/bank/products';
import { groupedIban } from '@/lib/iban';
import classes from './palette.module.css';

type Entry = { id: string; label: string; detail: string; icon: IconName; href: string };

/** Every place and account by name: arrow keys choose, Enter goes, Esc leaves. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = useEntries().filter((entry) =>
    `${entry.label} ${entry.detail}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  const go = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    void navigate({ href: entry.href });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Enter') go(entries[chosen]);
    if (step === undefined) return;
    event.preventDefault();
    setChosen((now) => Math.min(Math.max(now + step, 0), Math.max(entries.length - 1, 0)));
  };
  return (
    <Dialog opened onClose={onClose} title={t('shell.search')}>
      <TextInput
        data-autofocus
        role="combobox"
        aria-label={t('shell.search')}
        aria-expanded={entries.length > 0}
        aria-controls="palette"
        aria-activedescendant={entries[chosen] ? `palette-${entries[chosen].id}` : undefined}
        leftSection={<Icon name="search" size={18} />}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {entries.length === 0 ? <p role="status">{t('shell.nothingFound')}</p> : null}
      <div id="palette" role="listbox" aria-label={t('shell.search')} className={classes.list}>
        {entries.map((entry, position) => (
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={position === chosen}
            className={classes.entry}
            onClick={() => go(entry)}
            onKeyDown={onKeyDown}
          >
            <Icon name={entry.icon} size={18} />
            <span>{entry.label}</span>
            <span className={classes.detail}>{entry.detail}</span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function useEntries(): Entry[] {
  const { t } = useTranslation();
  const accounts = useQuery(accountsQuery).data ?? [];
  const products = useQuery(productsQuery).data;
  const places = destinations.map(({ to, label, icon }) => ({
    id: label,
    label: t(`shell.${label}`),
    detail: '',
    icon,
    href: to,
  }));
  const own = accounts.map((account) => ({
    id: account.id,
    label: accountLabel(account, products),
    detail: groupedIban(account.account_number),
    icon: 'wallet' as const,
    href: `/accounts/${account.id}`,
  }));
  return [...places, ...own];
}
