import type { Texts } from '../en/all';

export const profile: Texts['profile'] = {
  you: 'Sie',
  name: 'Name',
  since: 'Kunde seit',
  contact: 'Kontakt',
  occupation: 'Beruf',
  history: 'Änderungen Ihrer Angaben',
  noHistory: 'Nichts wurde geändert.',
  settings: 'Einstellungen',
  look: 'Aussehen',
  lookAuto: 'Wie das Gerät',
  lookLight: 'Hell',
  lookDark: 'Dunkel',
  hide: 'Kontostände verborgen halten, bis ich mein Passwort eingebe',
};
