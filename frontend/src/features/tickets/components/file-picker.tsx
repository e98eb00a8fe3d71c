import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/icon';
import classes from './tickets.module.css';

const TAKEN = 'image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain';

type FilePickerProps = { files: File[]; onChange: (files: File[]) => void };

/** Files to go with a message; each can be taken out again. */
export function FilePicker({ files, onChange }: FilePickerProps) {
  const { t } = useTranslation();
  return (
    <div>
      <label className={classes.picker}>
        <Icon name="paperclip" size={18} />
        <span>
          {t('tickets.attach')} <span className={classes.quiet}>({t('tickets.attachWhat')})</span>
        </span>
        <input
          type="file"
          multiple
          accept={TAKEN}
          className="for-screen-readers"
          onChange={(event) => {
            onChange([...files, ...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      <ul className={classes.list}>
        {files.map((file, position) => (
          <li key={`${file.name} ${file.lastModified}`} className={classes.file}>
            <span>{file.name}</span>
            <button
              type="button"
              className={classes.takeOut}
              aria-label={t('tickets.takeOut', { name: file.name })}
              onClick={() => onChange(files.filter((_, index) => index !== position))}
            >
              <Icon name="x" size={18} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
