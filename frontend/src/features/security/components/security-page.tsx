import { useTranslation } from 'react-i18next';
import { Page } from '@/components/page';
import { useSession } from '@/lib/session';
import { AuthenticatorCard } from './authenticator-card';
import { LooksCard } from './looks-card';
import { PasswordCard } from './password-card';
import { SessionsCard } from './sessions-card';
import { SignInsCard } from './sign-ins-card';

export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('shell.security')} narrow>
      <SessionsCard />
      <AuthenticatorCard />
      <PasswordCard />
      <SignInsCard />
      {useSession()?.customer_id ? <LooksCard /> : null}
    </Page>
  );
}
