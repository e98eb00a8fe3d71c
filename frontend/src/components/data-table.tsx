import type { ReactNode } from 'react';
import classes from './data-table.module.css';

type Column<T> = { name: string; show: (row: T) => ReactNode; number?: boolean };
export type DataTableProps<T> = {
  label: string;
  rows: T[];
  rowKey: (row: T) => string;
  columns: Column<T>[];
};

/** Rows under named columns; what is wider than the screen scrolls within its own frame. */
export function DataTable<T>({ label, rows, rowKey, columns }: DataTableProps<T>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={classes.window} tabIndex={0} aria-label={label}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={column.number ? classes.number : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.name} className={column.number ? classes.number : undefined}>
                  {column.show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
