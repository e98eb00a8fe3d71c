import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { EmptyState } from '@/components/empty-state';
import { Icon } from '@/components/icon';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { useMay } from '@/lib/staff';
import { foundQuery } from '../found';
import { Results } from './results';

const PAUSE_MS = 250;

/** One field for everything: it finds while one types. */
export function FindPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { q = '' } = useSearch({ from: '/staff/search' });
  const [typed, setTyped] = useState(q);
  const [sought] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const found = useQuery(foundQuery(sought, useMay('tickets')));
  useEffect(() => {
    void navigate({ to: '/staff/search', search: sought ? { q: sought } : {}, replace: true });
  }, [navigate, sought]);
  const empty = found.data?.customers.length === 0 && found.data.tickets.length === 0 && !found.data.transaction;
  return (
    <Page title={t('staff.places.search')}>
      <TextInput
        autoFocus
        label={t('staff.find.label')}
        description={t('staff.find.hint')}
        leftSection={<Icon name="search" size={18} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Card>
        {sought === '' ? (
          <EmptyState icon="search" text={t('staff.find.start')} />
        ) : (
          <ListStates query={found} empty={empty} emptyIcon="search" emptyText={t('staff.find.nothing')}>
            {found.data ? <Results found={found.data} /> : null}
          </ListStates>
        )}
      </Card>
    </Page>
  );
}
