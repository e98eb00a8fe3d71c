import { accounts } from './accounts';
import { common } from './common';
import { home } from './home';
import { inbox } from './inbox';
import { interest } from './interest';
import { landing } from './landing';
import { manage } from './manage';
import { orders } from './orders';
import { payees } from './payees';
import { payments } from './payments';
import { preferences } from './preferences';
import { problems } from './problems';
import { profile } from './profile';
import { register } from './register';
import { security } from './security';
import { session } from './session';
import { shell } from './shell';
import { signatures } from './signatures';
import { statements } from './statements';
import { tickets } from './tickets';
import { transactions } from './transactions';

export const texts = {
  accounts,
  common,
  home,
  inbox,
  interest,
  landing,
  manage,
  orders,
  payees,
  payments,
  preferences,
  problems,
  profile,
  register,
  security,
  session,
  shell,
  signatures,
  statements,
  tickets,
  transactions,
};

/** The same keys in another language. */
type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
export type Texts = Translated<typeof texts>;
