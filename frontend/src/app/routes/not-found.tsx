import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '@/components/link-button';
import { Page } from '@/components/page';
import classes from './routes.module.css';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main className={classes.alone}>
      <Page title={t('common.notFound')} narrow>
        <Text>{t('common.notFoundText')}</Text>
        <LinkButton to="/" variant="default">
          {t('common.toHome')}
        </LinkButton>
      </Page>
    </main>
  );
}
