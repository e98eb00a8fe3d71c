import { firstAccount } from './api/first-account';
import { newCustomer } from './api/new-customer';

export type Newcomer = {
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  date_of_birth: string;
  street: string;
  city: string;
  state: string;
  postal_code: string;
  country: string;
};
export type Wish = { product: string; depositMinor: number };
/** Sent again after a lost answer, so that neither the person nor the account is made twice. */
export type Keys = { customer: string; account: string; password: string };
export type Welcomed = { confirm: true } | { customerId: string; accountNumber: string; status: string };

/** Keys of a new flow. Nobody learns the password: the customer sets an own one by "forgotten password". */
export function newKeys(): Keys {
  const password = `${crypto.randomUUID()}-${crypto.randomUUID()}`;
  return { customer: crypto.randomUUID(), account: crypto.randomUUID(), password };
}

/** First the person, then the account with the deposit. */
export async function welcome(person: Newcomer, wish: Wish, keys: Keys): Promise<Welcomed> {
  const { street, city, state, postal_code, country, ...rest } = person;
  const address = { street, city, state, postal_code, country };
  const registered = await newCustomer({ ...rest, address, password: keys.password }, keys.customer);
  if (!('customer' in registered)) return { confirm: true };
  const customerId = registered.customer.id;
  const deposit = wish.depositMinor > 0 ? { initial_deposit_minor: wish.depositMinor } : {};
  const opened = await firstAccount({ customer_id: customerId, product: wish.product, ...deposit }, keys.account);
  return { customerId, accountNumber: opened.account_number, status: opened.status };
}
