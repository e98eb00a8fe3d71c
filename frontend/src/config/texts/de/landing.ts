import type { Texts } from '../en/all';

export const landing: Texts['landing'] = {
  headline: 'Eine Bank, deren Bücher Sie prüfen können.',
  lead: 'Geld geht nie verloren, entsteht nie aus nichts und bewegt sich nie doppelt. Jede Buchung ist mit der vorigen verkettet, und jeder kann das nachprüfen.',
  newsTitle: 'Mitteilungen',
  noNews: 'Zurzeit keine Mitteilungen.',
  promiseOnce: 'Einmal heißt einmal',
  promiseOnceText:
    'Doppelt gedrückt, neu geladen, Verbindung verloren: Eine Zahlung wird einmal gebucht, und Sie sehen immer, wo sie steht.',
  promiseOpen: 'Jeder Cent erklärt',
  promiseOpenText: 'Gebucht, reserviert und verfügbar stehen getrennt, und jede Zeile sagt, warum.',
  promiseYours: 'Ihre Tür, Ihre Schlüssel',
  promiseYoursText:
    'Sehen Sie jede Anmeldung und jedes Gerät, beenden Sie, was Sie wollen, und lesen Sie, wer Ihre Daten geändert hat.',
  aboutTitle: 'Über Strongroom',
  about1:
    'Strongroom ist eine Bank zum Mitnehmen: Konten, Zahlungen, Sparen und Hilfe in dieser App, eine Konsole für die Mitarbeiter und eine API für alles.',
  about2:
    'Ihre Bücher führt sie doppelt. Buchungen werden nie geändert oder gelöscht; ein Fehler wird durch eine neue Buchung aufgehoben.',
  about3: 'Alles, was diese App kann, steht in der öffentlichen API der Bank, dokumentiert und offen für Sie.',
  allNews: 'Alle Mitteilungen',
  pinned: 'Angeheftet',
};
