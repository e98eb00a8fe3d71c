import type { Texts } from '../en/all';

export const tickets: Texts['tickets'] = {
  raise: 'Um Hilfe bitten',
  none: 'Sie haben uns noch nichts gefragt.',
  all: 'Alle Anliegen',
  what: 'Worum geht es?',
  subject: 'Betreff',
  description: 'Erzählen Sie uns, was geschehen ist',
  send: 'An die Bank senden',
  aboutMovement: 'Ihre Nachricht nennt die Bewegung, von der Sie kommen.',
  thread: 'Gespräch',
  you: 'Sie',
  bank: 'Strongroom',
  reply: 'Ihre Antwort',
  sendReply: 'Senden',
  reopen: 'Wieder öffnen',
  resolution: 'Lösung',
  type: {
    'account-change': 'Änderung am Konto',
    technical: 'Technisches Problem',
    general: 'Allgemeine Frage',
    security: 'Sicherheit',
    dispute: 'Beanstandete Bewegung',
  },
  status: {
    open: 'offen',
    'in-progress': 'in Arbeit',
    'waiting-on-customer': 'wartet auf Sie',
    resolved: 'gelöst',
    closed: 'geschlossen',
  },
};
