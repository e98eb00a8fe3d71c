import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MovementFilter } from '../api/movements-of';
import classes from './account-page.module.css';

const kinds = ['deposit', 'withdrawal', 'transfer', 'capture', 'fee', 'interest', 'adjustment', 'reversal'] as const;

type MovementFiltersProps = { filter: MovementFilter; onChange: (filter: MovementFilter) => void };

export function MovementFilters({ filter, onChange }: MovementFiltersProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(filter.q ?? '');
  const search = useDebouncedCallback((q: string) => onChange({ ...filter, q: q.trim() || undefined }), 300);
  const active = Object.values(filter).some(Boolean);
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          label={t('accounts.search')}
          type="search"
          maxLength={140}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
        <NativeSelect
          label={t('accounts.type')}
          value={filter.type ?? ''}
          data={[
            { value: '', label: t('accounts.allTypes') },
            ...kinds.map((kind) => ({ value: kind, label: t(`transactions.type.${kind}`) })),
          ]}
          onChange={(event) => onChange({ ...filter, type: kinds.find((kind) => kind === event.currentTarget.value) })}
        />
        <TextInput
          label={t('accounts.from')}
          type="date"
          value={filter.from ?? ''}
          onChange={(event) => onChange({ ...filter, from: event.currentTarget.value || undefined })}
        />
        <TextInput
          label={t('accounts.to')}
          type="date"
          value={filter.to ?? ''}
          onChange={(event) => onChange({ ...filter, to: event.currentTarget.value || undefined })}
        />
      </div>
      {active ? (
        <div>
          <Button
            variant="subtle"
            size="sm"
            onClick={() => {
              setTyped('');
              onChange({});
            }}
          >
            {t('accounts.clear')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
