import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { LinkButton } from '@/components/link-button';
import { ListStates } from '@/components/list-states';
import { Page } from '@/components/page';
import { preferencesQuery } from '../api/preferences';
import { PreferencesForm } from './preferences-form';

/** What is mailed and shown at once, quiet hours, and amounts to be told about. */
export function PreferencesPage() {
  const { t } = useTranslation();
  const preferences = useQuery(preferencesQuery);
  return (
    <Page
      title={t('preferences.title')}
      narrow
      actions={
        <LinkButton to="/inbox" variant="default" leftSection={<Icon name="arrow-left" size={18} />}>
          {t('shell.inbox')}
        </LinkButton>
      }
    >
      <ListStates query={preferences} empty={false} emptyIcon="bell" emptyText="" rows={6}>
        {preferences.data ? <PreferencesForm stored={preferences.data} /> : null}
      </ListStates>
    </Page>
  );
}
