import { banking } from './banking';
import { people } from './people';
import { running } from './running';

/** What only the console says; it is fetched with the console. */
export const staffTexts = { staff: { ...people, ...banking, ...running } };

/** The same keys in another language. */
type Translated<T> = { [K in keyof T]: T[K] extends string ? string : Translated<T[K]> };
export type StaffTexts = Translated<typeof staffTexts>;
