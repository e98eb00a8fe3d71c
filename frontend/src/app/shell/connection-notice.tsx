import { useNetwork } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import { useLiveState } from '@/lib/live';
import classes from './connection-notice.module.css';

/** Says when what is shown may be old: no network, or no live stream. */
export function ConnectionNotice() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const live = useLiveState();
  const text = !online ? t('common.offline') : live === 'polling' ? t('common.polling') : null;
  return (
    <div role="status" data-live={live} className={text ? classes.notice : undefined}>
      {text ? (
        <>
          <Icon name="wifi-off" size={18} /> {text}
        </>
      ) : null}
    </div>
  );
}
