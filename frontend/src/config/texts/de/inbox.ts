import type { Texts } from '../en/all';

export const inbox: Texts['inbox'] = {
  none: 'Noch ist nichts angekommen.',
  new: 'neu',
  markRead: 'Als gelesen markieren',
  kind: {
    welcome: 'Willkommen bei Strongroom',
    deposit: 'Geld wurde eingezahlt',
    withdrawal: 'Geld wurde ausgezahlt',
    'transfer-out': 'Sie haben überwiesen',
    'transfer-in': 'Eine Überweisung ist angekommen',
    'capture-out': 'Ein reservierter Betrag wurde gezahlt',
    'capture-in': 'Ein reservierter Betrag ist angekommen',
    'reversal-out': 'Eine Bewegung wurde storniert: Geld ging ab',
    'reversal-in': 'Eine Bewegung wurde storniert: Geld kam zurück',
    fee: 'Eine Gebühr wurde berechnet',
    'interest-in': 'Zinsen wurden gutgeschrieben',
    'interest-out': 'Zinsen wurden berechnet',
    'adjustment-in': 'Die Bank hat einen Stand berichtigt: Geld kam',
    'adjustment-out': 'Die Bank hat einen Stand berichtigt: Geld ging',
    'ticket-raised': 'Ihr Anliegen {{number}} ist angekommen',
    'ticket-answered': 'Zu Ihrem Anliegen {{number}} gibt es eine Antwort',
    'ticket-resolved': 'Ihr Anliegen {{number}} ist gelöst',
    'new-device': 'Jemand hat sich von einem neuen Gerät angemeldet. Waren Sie es nicht, ändern Sie Ihr Passwort',
  },
};
