import type { Account } from './accounts';
import type { Product } from './products';

/** What the owner calls the account, else the product's name, else its number's end. */
export function accountLabel(account: Account, products: Product[] | undefined): string {
  return account.nickname ?? productName(account.product, products);
}

function productName(id: string, products: Product[] | undefined): string {
  return products?.find((product) => product.id === id)?.name ?? id;
}
