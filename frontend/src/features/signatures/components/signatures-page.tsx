import { Badge, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { type Cosignature, waitsFor } from '@/lib/bank/cosignatures';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { useSession } from '@/lib/session';
import { allSignaturesQuery } from '../api/all-signatures';
import { SignatureCard } from './signature-card';
import classes from './signatures.module.css';
import { useTitle } from './use-title';

/** What owners of accounts sign together: what waits for me, what waits for others, and what became of the rest. */
export function SignaturesPage() {
  const { t } = useTranslation();
  const list = useQuery(allSignaturesQuery);
  const me = useSession()?.customer_id;
  const all = list.data ?? [];
  const mine = all.filter((one) => waitsFor(me, one));
  const theirs = all.filter((one) => one.status === 'waiting' && !mine.includes(one));
  const over = all.filter((one) => one.status !== 'waiting');
  return (
    <Page title={t('signatures.title')} narrow>
      <section aria-label={t('signatures.forMe')}>
        <Stack>
          <ListStates query={list} empty={mine.length === 0} emptyIcon="pencil" emptyText={t('signatures.nothing')}>
            {mine.map((one) => (
              <SignatureCard key={one.id} asked={one} />
            ))}
          </ListStates>
        </Stack>
      </section>
      {theirs.length > 0 ? (
        <section aria-label={t('signatures.forOthers')}>
          <Stack>
            {theirs.map((one) => (
              <SignatureCard key={one.id} asked={one} />
            ))}
          </Stack>
        </section>
      ) : null}
      {over.length > 0 ? (
        <Card title={t('signatures.over')}>
          <ul className={classes.list} aria-label={t('signatures.over')}>
            {over.map((one) => (
              <Ended key={one.id} asked={one} />
            ))}
          </ul>
        </Card>
      ) : null}
    </Page>
  );
}

function Ended({ asked }: { asked: Cosignature }) {
  const { t } = useTranslation();
  const title = useTitle()(asked);
  return (
    <li className={classes.line}>
      <span className={classes.words}>
        <span>{title}</span>
        <span className={classes.quiet}>{formatMoment(asked.decided_at ?? asked.made_at, locale())}</span>
      </span>
      <Badge variant="default">{t(`signatures.status.${asked.status}`)}</Badge>
    </li>
  );
}
