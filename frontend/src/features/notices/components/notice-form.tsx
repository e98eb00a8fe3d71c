import { Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '@/components/problem-notice';
import { branchesQuery } from '@/lib/bank/branches';
import { productsQuery } from '@/lib/bank/products';
import { announce } from '../api/announce';

const audiences = ['all', 'customers', 'staff', 'branch', 'product'] as const;
type Audience = (typeof audiences)[number];
const blank = { title: '', message: '', starts: '', ends: '', pinned: false };

/** Say something to everybody, or to those of a group, a branch or a product, now or from a moment on. */
export function NoticeForm() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [typed, setTyped] = useState(blank);
  const [audience, setAudience] = useState<Audience>('all');
  const [which, setWhich] = useState('');
  const narrow = audience === 'branch' || audience === 'product';
  const change = (changed: Partial<typeof blank>) => setTyped((now) => ({ ...now, ...changed }));
  const moment = (local: string) => new Date(local).toISOString();
  const announcing = useMutation({
    mutationFn: () =>
      announce({
        title: typed.title.trim(),
        message: typed.message.trim(),
        audience,
        ...(audience === 'branch' ? { branch_id: which } : {}),
        ...(audience === 'product' ? { product: which } : {}),
        pinned: typed.pinned,
        active: true,
        ...(typed.starts ? { starts_at: moment(typed.starts) } : {}),
        ...(typed.ends ? { ends_at: moment(typed.ends) } : {}),
      }),
    onSuccess: () => setTyped(blank),
    onSettled: () => client.invalidateQueries({ queryKey: ['announcements'] }),
  });
  const ready = typed.title.trim() !== '' && typed.message.trim() !== '' && (!narrow || which !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !announcing.isPending) announcing.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t('staff.notices.title')}
          value={typed.title}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <Textarea
          label={t('staff.notices.message')}
          autosize
          minRows={3}
          value={typed.message}
          onChange={(event) => change({ message: event.currentTarget.value })}
        />
        <Group align="end">
          <NativeSelect
            label={t('staff.notices.audience')}
            data={audiences.map((value) => ({ value, label: t(`staff.notices.audiences.${value}`) }))}
            value={audience}
            onChange={(event) => {
              setAudience(audiences.find((one) => one === event.currentTarget.value) ?? 'all');
              setWhich('');
            }}
          />
          {narrow ? <Which audience={audience} value={which} onChange={setWhich} /> : null}
          <TextInput
            type="datetime-local"
            label={t('staff.notices.starts')}
            value={typed.starts}
            onChange={(event) => change({ starts: event.currentTarget.value })}
          />
          <TextInput
            type="datetime-local"
            label={t('staff.notices.ends')}
            value={typed.ends}
            onChange={(event) => change({ ends: event.currentTarget.value })}
          />
        </Group>
        <Checkbox
          label={t('staff.notices.pinned')}
          checked={typed.pinned}
          onChange={(event) => change({ pinned: event.currentTarget.checked })}
        />
        {ready ? (
          <section aria-label={t('staff.notices.preview')}>
            <Text size="sm" c="dimmed">
              {t('staff.notices.preview')}
            </Text>
            <Text fw={600}>{typed.title}</Text>
            <Text size="sm">{typed.message}</Text>
          </section>
        ) : null}
        <ProblemNotice error={announcing.error} />
        <Group>
          <Button type="submit" disabled={!ready} loading={announcing.isPending}>
            {t('staff.notices.announce')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type WhichProps = { audience: 'branch' | 'product'; value: string; onChange: (value: string) => void };

/** Which branch, or which product, the announcement is for. */
function Which({ audience, value, onChange }: WhichProps) {
  const { t } = useTranslation();
  const branches = useInfiniteQuery({ ...branchesQuery(), enabled: audience === 'branch' });
  const products = useQuery({ ...productsQuery, enabled: audience === 'product' });
  const choices =
    audience === 'branch'
      ? (branches.data?.pages ?? []).flatMap((page) => page.items.map((one) => ({ value: one.id, label: one.name })))
      : (products.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <NativeSelect
      label={t(`staff.notices.which.${audience}`)}
      data={[{ value: '', label: t('staff.notices.choose') }, ...choices]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
