import type { Texts } from '../en/all';

export const manage: Texts['manage'] = {
  freeze: 'Sperren',
  frozen: 'Dieses Konto ist gesperrt',
  frozenByYou: 'Nichts verlässt es, bis Sie die Sperre aufheben. Was eingeht, kommt weiter an.',
  frozenByBank: 'Die Bank hat es gesperrt. Fragen Sie uns, warum und was zu tun ist.',
  since: 'Seit {{when}}.',
  unfreeze: 'Sperre aufheben',
  unfreezeText: 'Dazu braucht es Ihr Passwort oder einen Code: Wer Ihr Gerät findet, kann es nicht.',
  askUs: 'Uns fragen',
  close: 'Schließen',
  closeTitle: 'Konto schließen',
  closeText: 'Die Nummer bekommt niemand anders, und die Auszüge bleiben Ihnen.',
  rest: 'Darauf liegen noch',
  payout: 'Rest auszahlen auf',
  stuck: 'Ein Konto mit Geld darauf kann nicht geschlossen werden',
  wayOut: 'Überweisen Sie das Geld jemandem, oder eröffnen Sie ein anderes Konto, auf das wir es auszahlen.',
  closeWaits: 'Eine so große Auszahlung prüft eine zweite Person der Bank. Wir sagen Ihnen Bescheid.',
  reallyClose: 'Dieses Konto schließen',
  terms: 'Limits und Bedingungen',
  termsText:
    'Wie gut wir Sie kennen, kann Zahlungen weiter begrenzen. Eine Zahlung über einem Limit sagt, welches es ist und wann es sich erneuert.',
  perTransaction: 'Höchstens auf einmal',
  perDay: 'Höchstens am Tag',
  perMonth: 'Höchstens im Monat',
  perDayCount: 'Zahlungen am Tag',
  noLimit: 'kein eigenes Limit',
};
