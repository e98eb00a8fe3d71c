import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { SessionsOf } from '@/components/sessions-of';
import { SignInsOf } from '@/components/sign-ins-of';
import { type AuditFilter, auditQuery, auditServices } from '@/lib/bank/audit';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useMay } from '@/lib/staff';
import { Change } from './change';
import { VerifyCard } from './verify-card';

/** Who did what, when and why, with what was before and after; of one person also when and where they were signed in. */
export function AuditPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/staff/audit' });
  const service = auditServices.find((one) => one === search.service);
  const filter: AuditFilter = {
    ...(service ? { service } : {}),
    ...(search.actor ? { actor: search.actor } : {}),
    ...(search.subject ? { subject: search.subject } : {}),
    ...(search.from ? { from: search.from } : {}),
    ...(search.to ? { to: search.to } : {}),
  };
  const maySessions = useMay('sessions');
  const trail = useInfiniteQuery(auditQuery(filter));
  const change = (changed: Partial<typeof search>) =>
    void navigate({ to: '/staff/audit', search: { ...search, ...changed }, replace: true });
  const typed = (name: 'actor' | 'subject') => (
    <TextInput
      label={t(`staff.audit.${name}`)}
      defaultValue={search[name] ?? ''}
      onBlur={(event) => change({ [name]: event.currentTarget.value.trim() || undefined })}
      onKeyDown={(event) => {
        if (event.key === 'Enter') change({ [name]: event.currentTarget.value.trim() || undefined });
      }}
    />
  );
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`staff.audit.${name}`)}
      value={search[name] ?? ''}
      onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
    />
  );
  return (
    <Page title={t('staff.audit.title')}>
      <VerifyCard />
      <Group align="end">
        <NativeSelect
          label={t('staff.audit.service')}
          data={[{ value: '', label: t('staff.audit.every') }, ...auditServices]}
          value={service ?? ''}
          onChange={(event) => change({ service: event.currentTarget.value || undefined })}
        />
        {typed('actor')}
        {typed('subject')}
        {day('from')}
        {day('to')}
      </Group>
      <Card>
        <PagedTable
          query={trail}
          label={t('staff.audit.title')}
          emptyIcon="history"
          emptyText={t('staff.audit.none')}
          rowKey={(row) => `${row.service} ${row.sequence}`}
          columns={[
            { name: t('staff.audit.at'), show: (row) => formatMoment(row.at, locale()) },
            { name: t('staff.audit.actor'), show: (row) => row.actor.user_id ?? row.actor.service ?? '' },
            { name: t('staff.audit.command'), show: (row) => `${row.service}: ${row.command}` },
            { name: t('staff.audit.subject'), show: (row) => `${row.subject.type} ${row.subject.id}` },
            { name: t('staff.reason'), show: (row) => row.reason ?? '' },
            { name: t('staff.approvals.changes'), show: (row) => <Change before={row.before} after={row.after} /> },
          ]}
        />
      </Card>
      {search.actor ? (
        <>
          {maySessions ? <SessionsOf userId={search.actor} name={search.actor} /> : null}
          <SignInsOf userId={search.actor} />
        </>
      ) : null}
    </Page>
  );
}
