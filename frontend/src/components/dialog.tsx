import { lazy, Suspense } from 'react';
import type { DialogProps } from './dialog-window';

const DialogWindow = lazy(() => import('./dialog-window').then((file) => ({ default: file.DialogWindow })));

/** A dialog whose code is fetched when it first opens. */
export function Dialog(props: DialogProps) {
  if (!props.opened) return null;
  return (
    <Suspense fallback={null}>
      <DialogWindow {...props} />
    </Suspense>
  );
}
