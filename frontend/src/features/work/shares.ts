export type Share = { product: string; currency: string; accounts: number; minor: number; percent: number };
type Line = { product: string | null; accounts: number; credit_minor: number; debit_minor: number };

/** What each product has of the customers' money in its currency, in whole percent; nobody's share is below zero. */
export function sharesOf(currencies: { currency: string; lines: Line[] }[]): Share[] {
  return currencies.flatMap(({ currency, lines }) => {
    const rows = lines.flatMap(({ product, accounts, credit_minor, debit_minor }) =>
      product === null ? [] : [{ product, currency, accounts, minor: credit_minor - debit_minor }],
    );
    const whole = rows.reduce((sum, { minor }) => sum + Math.max(0, minor), 0);
    return rows.map((row) => ({
      ...row,
      percent: whole === 0 ? 0 : Math.round((Math.max(0, row.minor) / whole) * 100),
    }));
  });
}
