import { Alert, Badge, Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Dialog } from '@/components/dialog';
import { Iban } from '@/components/iban';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import { type Payee, payeesQuery } from '@/lib/bank/payees';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { removePayee } from '../api/remove-payee';
import { restorePayee } from '../api/restore-payee';
import { AddPayee } from './add-payee';
import classes from './payees.module.css';
import { RenameForm } from './rename-form';

/** Whom one pays: added after a name check, renamed, removed, and put back. */
export function PayeesPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const payees = useQuery(payeesQuery);
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Payee | null>(null);
  const [removed, setRemoved] = useState<Payee | null>(null);
  const again = () => client.invalidateQueries({ queryKey: payeesQuery.queryKey });
  const removing = useMutation({ mutationFn: removePayee, onSuccess: setRemoved, onSettled: again });
  const restoring = useMutation({ mutationFn: restorePayee, onSuccess: () => setRemoved(null), onSettled: again });
  const found = payees.data ?? [];
  return (
    <Page
      title={t('payees.title')}
      actions={
        <Button leftSection={<Icon name="plus" size={18} />} onClick={() => setAdding(true)}>
          {t('payees.add')}
        </Button>
      }
    >
      {removed ? (
        <Alert role="status" icon={null}>
          <Group justify="space-between">
            {t('payees.removed', { name: removed.nickname ?? removed.name })}
            <Button
              variant="default"
              size="sm"
              loading={restoring.isPending}
              onClick={() => restoring.mutate(removed.id)}
            >
              {t('payees.undo')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      <Card>
        <ProblemNotice error={removing.error ?? restoring.error} />
        <ListStates query={payees} empty={found.length === 0} emptyIcon="users" emptyText={t('payees.none')}>
          <ul className={classes.list} aria-label={t('payees.title')}>
            {found.map((payee) => (
              <Line
                key={payee.id}
                payee={payee}
                onRename={() => setRenaming(payee)}
                onRemove={() => removing.mutate(payee.id)}
              />
            ))}
          </ul>
        </ListStates>
      </Card>
      <Dialog opened={adding} onClose={() => setAdding(false)} title={t('payees.add')}>
        <AddPayee onDone={() => setAdding(false)} />
      </Dialog>
      <Dialog opened={renaming !== null} onClose={() => setRenaming(null)} title={t('payees.rename')}>
        {renaming ? <RenameForm payee={renaming} onDone={() => setRenaming(null)} /> : null}
      </Dialog>
    </Page>
  );
}

type LineProps = { payee: Payee; onRename: () => void; onRemove: () => void };

function Line({ payee, onRename, onRemove }: LineProps) {
  const { t } = useTranslation();
  const name = payee.nickname ?? payee.name;
  return (
    <li className={classes.line}>
      <span className={classes.words}>
        <strong>{name}</strong>
        {payee.nickname ? <span className={classes.quiet}>{payee.name}</span> : null}
        <Iban number={payee.account_number} />
        {payee.cooling_until ? (
          <span className={classes.quiet}>
            {t('payees.cooling', { date: formatMoment(payee.cooling_until, locale()) })}
          </span>
        ) : null}
      </span>
      {payee.name_check === 'match' ? null : (
        <Badge variant="default">{t(`payees.check.${payee.name_check as 'close'}`)}</Badge>
      )}
      <Group gap="xs">
        <LinkButton to="/pay" search={{ payee: payee.id }} variant="default" size="sm">
          {t('payees.pay')}
          <span className="for-screen-readers"> {name}</span>
        </LinkButton>
        <Button variant="subtle" size="sm" aria-label={t('payees.renameOne', { name })} onClick={onRename}>
          <Icon name="pencil" size={18} />
        </Button>
        <Button variant="subtle" size="sm" aria-label={t('payees.removeOne', { name })} onClick={onRemove}>
          <Icon name="x" size={18} />
        </Button>
      </Group>
    </li>
  );
}
