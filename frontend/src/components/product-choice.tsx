import { useTranslation } from 'react-i18next';
import type { Product } from '@/lib/bank/products';
import { locale } from '@/lib/i18n';
import { formatAmount } from '@/lib/money';
import classes from './product-choice.module.css';

type ProductChoiceProps = { products: Product[]; value: string; onChange: (id: string) => void };

/** The products as cards to choose one of; a radio group for the keyboard and for screen readers. */
export function ProductChoice({ products, value, onChange }: ProductChoiceProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{t('accounts.choose')}</legend>
      {products.map((product) => (
        <label key={product.id} className={classes.choice}>
          <input
            type="radio"
            name="product"
            value={product.id}
            checked={product.id === value}
            onChange={() => onChange(product.id)}
          />
          <span>
            <strong>{product.name}</strong>
            <span className={classes.about}>{about(product)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );

  function about(product: Product): string {
    const rate = product.rate_basis_points;
    const currency = product.currencies[0] ?? 'EUR';
    const percent = new Intl.NumberFormat(locale(), { minimumFractionDigits: 2 }).format((rate ?? 0) / 100);
    return [
      rate ? t('accounts.rate', { rate: percent }) : '',
      product.min_balance_minor > 0
        ? t('accounts.minBalance', { amount: formatAmount(product.min_balance_minor, currency, locale()) })
        : '',
      t(product.customer_may_deposit ? 'accounts.cashYes' : 'accounts.cashNo'),
    ]
      .filter(Boolean)
      .join(' · ');
  }
}
