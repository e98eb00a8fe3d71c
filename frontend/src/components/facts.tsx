import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** Names and values under each other, as on a receipt. */
export function Facts({ rows }: { rows: [name: string, value: ReactNode][] }) {
  return (
    <dl className={classes.facts}>
      {rows.map(([name, value], position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two rows may have the same name, and rows do not move
        <div key={`${name} ${position}`} className={classes.row}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
