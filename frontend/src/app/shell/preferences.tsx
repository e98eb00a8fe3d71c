import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { LateMenu } from '@/components/late-menu';
import { chooseLanguage } from '@/lib/i18n';

/** Light or dark, and the language: on every page. */
export function Preferences() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  return (
    <>
      <ActionIcon
        variant="default"
        aria-label={t(dark ? 'shell.light' : 'shell.dark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        <Icon name={dark ? 'sun' : 'moon'} />
      </ActionIcon>
      <LateMenu
        target={
          <ActionIcon variant="default" aria-label={t('shell.language')}>
            <Icon name="language" />
          </ActionIcon>
        }
        entries={[
          { label: t('shell.english'), lang: 'en', onChoose: () => void chooseLanguage('en') },
          { label: t('shell.german'), lang: 'de', onChoose: () => void chooseLanguage('de') },
        ]}
      />
    </>
  );
}
