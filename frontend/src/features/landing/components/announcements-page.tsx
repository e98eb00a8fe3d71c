import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AnnouncementList } from '@/components/announcement-list';
import { Card } from '@/components/card';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { announcementsQuery } from '@/lib/bank/announcements';

export function AnnouncementsPage() {
  const { t } = useTranslation();
  const news = useQuery(announcementsQuery(100));
  return (
    <Page title={t('shell.announcements')} narrow>
      <Card>
        <ListStates
          query={news}
          empty={news.data?.length === 0}
          emptyIcon="speakerphone"
          emptyText={t('landing.noNews')}
        >
          <AnnouncementList items={news.data ?? []} />
        </ListStates>
      </Card>
    </Page>
  );
}
