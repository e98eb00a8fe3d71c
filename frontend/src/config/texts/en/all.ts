import { accounts } from './accounts';
import { common } from './common';
import { home } from './home';
import { inbox } from './inbox';
import { landing } from './landing';
import { payments } from './payments';
import { problems } from './problems';
import { profile } from './profile';
import { register } from './register';
import { security } from './security';
import { session } from './session';
import { shell } from './shell';
import { tickets } from './tickets';
import { transactions } from './transactions';

export const texts = {
  accounts,
  common,
  home,
  inbox,
  landing,
  payments,
  problems,
  profile,
  register,
  security,
  session,
  shell,
  tickets,
  transactions,
};

/** The same keys in another language. */
type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
export type Texts = Translated<typeof texts>;
