import type { Texts } from '../en/all';

export const payees: Texts['payees'] = {
  title: 'Empfänger',
  add: 'Empfänger hinzufügen',
  none: 'Noch niemand. Fügen Sie hinzu, wen Sie oft bezahlen: Name und Nummer werden einmal verglichen und sind dann zur Hand.',
  pay: 'Überweisen',
  nickname: 'Wie Sie ihn nennen',
  rename: 'Anderer Name',
  renameOne: '{{name}} umbenennen',
  removeOne: '{{name}} entfernen',
  removed: '{{name}} ist entfernt.',
  undo: 'Zurückholen',
  checkAndAdd: 'Prüfen und hinzufügen',
  addAnyway: 'Trotzdem hinzufügen',
  cooling: 'Neu: größere Zahlungen ab {{date}}',
  check: { close: 'Name fast gleich', none: 'Name passt nicht', unavailable: 'Name nicht geprüft' },
  saved: 'Gespeicherter Empfänger',
  another: 'Jemand Neues',
};
