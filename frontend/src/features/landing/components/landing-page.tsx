import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AnnouncementList } from '@/components/announcement-list';
import { Card } from '@/components/card';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { announcementsQuery } from '@/lib/bank/announcements';
import classes from './landing-page.module.css';

export function LandingPage() {
  const { t } = useTranslation();
  const news = useQuery(announcementsQuery(3));
  useEffect(() => {
    document.title = 'Strongroom';
  }, []);
  return (
    <div className={classes.page}>
      <section className={classes.hero}>
        <Title order={1} className={classes.headline} tabIndex={-1} data-page-title="">
          {t('landing.headline')}
        </Title>
        <Text size="lg" c="dimmed" maw="40rem">
          {t('landing.lead')}
        </Text>
        <Group mt="lg">
          <LinkButton to="/register" size="lg">
            {t('shell.join')}
          </LinkButton>
          <LinkButton to="/sign-in" size="lg" variant="default">
            {t('shell.signIn')}
          </LinkButton>
        </Group>
      </section>
      <section className={classes.promises}>
        <Pledge icon="check" title={t('landing.promiseOnce')} text={t('landing.promiseOnceText')} />
        <Pledge icon="receipt" title={t('landing.promiseOpen')} text={t('landing.promiseOpenText')} />
        <Pledge icon="shield-lock" title={t('landing.promiseYours')} text={t('landing.promiseYoursText')} />
      </section>
      <Card title={t('landing.newsTitle')}>
        <ListStates
          query={news}
          empty={news.data?.length === 0}
          emptyIcon="speakerphone"
          emptyText={t('landing.noNews')}
        >
          <AnnouncementList items={news.data ?? []} />
        </ListStates>
      </Card>
      <Group justify="center">
        <Anchor component={Link} to="/about" className="tall-link">
          {t('landing.aboutTitle')}
        </Anchor>
      </Group>
    </div>
  );
}

function Pledge({ icon, title, text }: { icon: 'check' | 'receipt' | 'shield-lock'; title: string; text: string }) {
  return (
    <Stack gap="xs">
      <span className={classes.mark}>
        <Icon name={icon} size={24} />
      </span>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed">{text}</Text>
    </Stack>
  );
}
