import { groupedIban } from '@/lib/iban';
import classes from './iban.module.css';

export function Iban({ number }: { number: string }) {
  return <span className={classes.iban}>{groupedIban(number)}</span>;
}
