import { useTranslation } from 'react-i18next';
import { differences, written } from './differences';

/** What a command changed, folded until somebody wants to see it. */
export function Change({ before, after }: { before: unknown; after: unknown }) {
  const { t } = useTranslation();
  const changed = differences(before, after);
  if (changed.length === 0) return null;
  return (
    <details>
      <summary className="tall-link">{t('staff.audit.fields', { count: changed.length })}</summary>
      <dl>
        {changed.map(({ field, before: old, after: now }) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>
              <del>{written(old)}</del> → <ins>{written(now)}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
