import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { Facts } from '@/components/facts';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { ProblemNotice } from '@/components/problem-notice';
import type { Schemas } from '@/lib/api/client';
import type { Account } from '@/lib/bank/accounts';
import { useSession } from '@/lib/session';
import { changeMandate } from '../api/change-mandate';
import { ownersQuery } from '../api/owners-of';
import { removeOwner } from '../api/remove-owner';
import { InviteForm } from './invite-form';
import classes from './owners.module.css';

export function OwnersButton({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="subtle" leftSection={<Icon name="users" size={18} />} onClick={() => setOpened(true)}>
        {t('signatures.owners')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('signatures.owners')}>
        <OwnersOf account={account} />
      </Dialog>
    </>
  );
}

function OwnersOf({ account }: { account: Account }) {
  const { t } = useTranslation();
  const owners = useQuery(ownersQuery(account.id));
  return (
    <Stack>
      <Text>{t('signatures.ownersText')}</Text>
      <ListStates query={owners} empty={false} emptyIcon="users" emptyText="" rows={2}>
        {owners.data ? <Owners account={account} owners={owners.data} /> : null}
      </ListStates>
    </Stack>
  );
}

/** Who they are and how they sign; whatever is asked for here waits for the signatures of all. */
function Owners({ account, owners }: { account: Account; owners: Schemas['OwnersAnswer'] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useSession()?.customer_id;
  const [inviting, setInviting] = useState(false);
  const asking = useMutation({
    mutationFn: (ask: () => Promise<Schemas['CosignatureWaits']>) => ask(),
    onSuccess: () => client.invalidateQueries({ queryKey: ['accounts', 'signatures'] }),
  });
  const joint = owners.items.length > 1;
  const other = owners.mandate === 'both' ? 'either' : 'both';
  const changeable = account.status === 'open' || account.status === 'dormant';
  return (
    <>
      <ul className={classes.list} aria-label={t('signatures.owners')}>
        {owners.items.map((owner) => (
          <li key={owner.customer_id}>
            <span>
              {owner.name} {owner.customer_id === me ? `(${t('signatures.you')})` : null}
            </span>
            {joint && changeable ? (
              <Button
                variant="subtle"
                aria-label={owner.customer_id === me ? undefined : t('signatures.remove', { name: owner.name })}
                loading={asking.isPending}
                onClick={() => asking.mutate(() => removeOwner(account.id, owner.customer_id))}
              >
                {owner.customer_id === me ? t('signatures.leave') : <Icon name="x" size={18} />}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {joint ? <Facts rows={[[t('signatures.mandate'), t(`signatures.${owners.mandate}`)]]} /> : null}
      <ProblemNotice error={asking.error} />
      {asking.isSuccess ? (
        <Alert role="status" icon={null}>
          <Stack gap="sm" align="start">
            {t('signatures.askedAll')}
            <LinkButton to="/signatures" variant="default">
              {t('signatures.title')}
            </LinkButton>
          </Stack>
        </Alert>
      ) : null}
      {changeable && !inviting ? (
        <Group>
          <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setInviting(true)}>
            {t('signatures.invite')}
          </Button>
          {joint ? (
            <Button
              variant="default"
              loading={asking.isPending}
              onClick={() => asking.mutate(() => changeMandate(account.id, other))}
            >
              {t(`signatures.${other === 'both' ? 'toBoth' : 'toEither'}`)}
            </Button>
          ) : null}
        </Group>
      ) : null}
      {inviting ? <InviteForm account={account} mandate={owners.mandate} /> : null}
    </>
  );
}
