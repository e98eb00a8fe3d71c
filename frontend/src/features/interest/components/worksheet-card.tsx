import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Amount } from '@/components/amount';
import { DownloadLink } from '@/components/download-link';
import { FineAmount } from '@/components/fine-amount';
import { ListStates } from '@/components/list-states';
import type { Schemas } from '@/lib/api/client';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { formatPercent, partsOfMinor } from '@/lib/money';
import { type Posting, worksheetQuery } from '../api/worksheet';
import classes from './interest.module.css';

type WorksheetCardProps = { accountId: string; posting: Posting; hidden: boolean };

/** Each day of a posting: its balance, rate and interest, with what was carried over at the end. */
export function WorksheetCard({ accountId, posting, hidden }: WorksheetCardProps) {
  const { t } = useTranslation();
  const sheet = useQuery(worksheetQuery(accountId, posting));
  const name = t('interest.worksheetOf', { period: posting.period });
  const { period, kind } = posting;
  return (
    <ListStates query={sheet} empty={sheet.data?.rows.length === 0} emptyIcon="percentage" emptyText={t('common.none')}>
      {sheet.data ? (
        <div className={classes.sheet}>
          <section
            className={classes.frame}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            aria-label={name}
          >
            <Table sheet={sheet.data} name={name} hidden={hidden} />
          </section>
          <DownloadLink
            href={`/api/v1/interest/${accountId}/postings/${period}/${kind}?format=csv`}
            label={t('interest.download', { period })}
          >
            CSV
          </DownloadLink>
        </div>
      ) : null}
    </ListStates>
  );
}

function Table({ sheet, name, hidden }: { sheet: Schemas['Worksheet']; name: string; hidden: boolean }) {
  const { t } = useTranslation();
  const { currency } = sheet;
  const fine = (parts: string) => (
    <FineAmount minor={partsOfMinor(parts, sheet.units_per_minor)} currency={currency} hidden={hidden} />
  );
  return (
    <table className={classes.table}>
      <caption className="for-screen-readers">{name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('interest.day')}</th>
          <th scope="col">{t('interest.balance')}</th>
          <th scope="col">{t('interest.rate')}</th>
          <th scope="col">{t('interest.days')}</th>
          <th scope="col">{t('interest.interest')}</th>
          <th scope="col">{t('interest.carry')}</th>
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map((row) => (
          <tr key={row.day}>
            <th scope="row">{formatDay(row.day, locale())}</th>
            <td>
              <Amount minor={row.balance_minor} currency={currency} hidden={hidden} />
            </td>
            <td>{row.tiers.map((tier) => formatPercent(tier.rate_basis_points, locale())).join(' / ')}</td>
            <td>
              {row.days}/{row.year_days}
            </td>
            <td>{fine(row.accrued)}</td>
            <td>{fine(row.carry)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('interest.posted')}</th>
          <td />
          <td />
          <td />
          <td>
            <Amount minor={sheet.amount_minor} currency={currency} hidden={hidden} strong />
          </td>
          <td>{fine(sheet.carry)}</td>
        </tr>
      </tfoot>
    </table>
  );
}
