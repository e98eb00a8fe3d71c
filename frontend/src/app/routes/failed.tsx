import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { ProblemNotice } from '@/components/problem-notice';
import classes from './routes.module.css';

/** What is shown when a screen breaks, or the bank cannot be asked who is signed in. */
export function Failed({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useTranslation();
  return (
    <main className={classes.alone}>
      <Page title={t('common.bank')} narrow>
        <ProblemNotice error={error} onRetry={reset} />
      </Page>
    </main>
  );
}
