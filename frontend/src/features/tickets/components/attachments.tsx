import { useTranslation } from 'react-i18next';
import { DownloadLink } from '@/components/download-link';
import type { Schemas } from '@/lib/api/client';
import { formatMoment } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import classes from './tickets.module.css';

/** The files of a ticket, from both sides. */
export function Attachments({ files }: { files: Schemas['AttachmentAnswer'][] }) {
  const { t } = useTranslation();
  if (files.length === 0) return null;
  const size = new Intl.NumberFormat(locale(), { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  return (
    <ul className={classes.list} aria-label={t('tickets.files')}>
      {files.map((file) => (
        <li key={file.id} className={classes.file}>
          <span className={classes.subject}>
            {file.name}
            <span className={classes.quiet}>
              {t(file.author === 'customer' ? 'tickets.you' : 'tickets.bank')} ·{' '}
              {size.format(Math.ceil(file.size_bytes / 1000))} · {formatMoment(file.created_at, locale())}
            </span>
          </span>
          <DownloadLink href={`/api/v1/attachments/${file.id}`} label={t('tickets.save', { name: file.name })}>
            {t('tickets.saveIt')}
          </DownloadLink>
        </li>
      ))}
    </ul>
  );
}
