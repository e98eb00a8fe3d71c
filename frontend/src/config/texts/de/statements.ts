import type { Texts } from '../en/all';

export const statements: Texts['statements'] = {
  title: 'Kontoauszüge',
  made: 'Ihre Kontoauszüge',
  none: 'Zu diesem Konto gibt es noch keinen Auszug. Die Bank macht am Ende jedes Monats einen.',
  ask: 'Ein Auszug anderer Tage',
  from: 'Von',
  to: 'Bis',
  make: 'Auszug erstellen',
  asked: 'Wir erstellen ihn. Er erscheint in wenigen Sekunden unten.',
  pending: 'wird erstellt',
  number: 'Nr. {{number}}',
  kind: { periodic: 'am Monatsende', 'on-demand': 'auf Wunsch' },
  rows_one: '{{count}} Bewegung',
  rows_other: '{{count}} Bewegungen',
  download: '{{format}} von {{range}}',
};
