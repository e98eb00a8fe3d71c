import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';
import type { IconName } from './icon';

export type MenuEntry = {
  label: string;
  icon?: IconName;
  lang?: string;
  to?: string;
  onChoose?: () => void;
};

type LateMenuProps = {
  /** The button that opens it. */
  target: ReactElement<Record<string, unknown>>;
  entries: MenuEntry[];
  head?: string;
};

const MenuWindow = lazy(() => import('./menu-window').then((file) => ({ default: file.MenuWindow })));

/** A menu whose code is fetched when it is first opened: placing it beside its button is a library of its own. */
export function LateMenu({ target, entries, head }: LateMenuProps) {
  const [wanted, setWanted] = useState(false);
  const plain = cloneElement(target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: () => setWanted(true),
  });
  if (!wanted) return plain;
  return (
    <Suspense fallback={plain}>
      <MenuWindow target={target} entries={entries} {...(head ? { head } : {})} />
    </Suspense>
  );
}
