import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { DataTable } from '@/components/data-table';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { policyQuery } from '../policy';

const roles = ['customer', 'teller', 'officer', 'supervisor', 'support', 'auditor', 'admin'];

/** Who may ask the bank for what, from the document that the bank itself is checked against. */
export function PolicyPage() {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const policy = useQuery(policyQuery);
  const rows = (policy.data ?? []).filter((row) => row.request.toLowerCase().includes(words.trim().toLowerCase()));
  return (
    <Page title={t('staff.places.policy')}>
      <TextInput
        label={t('staff.policy.words')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Card>
        <ListStates query={policy} empty={rows.length === 0} emptyIcon="key" emptyText={t('staff.policy.none')}>
          <DataTable
            label={t('staff.places.policy')}
            rows={rows}
            rowKey={(row) => row.request}
            columns={[
              { name: t('staff.policy.request'), show: (row) => row.request },
              ...roles.map((role) => ({
                name: role,
                show: (row: { roles: string[] }) => t(row.roles.includes(role) ? 'common.yes' : 'common.no'),
              })),
            ]}
          />
        </ListStates>
      </Card>
    </Page>
  );
}
