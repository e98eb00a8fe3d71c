import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
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
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t('shell.language')}>
            <Icon name="language" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item lang="en" onClick={() => void chooseLanguage('en')}>
            {t('shell.english')}
          </Menu.Item>
          <Menu.Item lang="de" onClick={() => void chooseLanguage('de')}>
            {t('shell.german')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
