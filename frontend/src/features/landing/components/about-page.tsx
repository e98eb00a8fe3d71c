import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Page } from '@/components/page';

export function AboutPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('landing.aboutTitle')} narrow>
      <Card>
        <Text>{t('landing.about1')}</Text>
        <Text>{t('landing.about2')}</Text>
        <Text>
          {t('landing.about3')}{' '}
          <a href="/api/docs" className="tall-link">
            {t('shell.apiDocs')}
          </a>
        </Text>
      </Card>
    </Page>
  );
}
