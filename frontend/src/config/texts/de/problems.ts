import type { Texts } from '../en/all';
import { moreProblems } from './more-problems';

export const problems: Texts['problems'] = {
  ...moreProblems,
  'no-answer': {
    offline: { title: 'Sie sind offline', next: 'Nichts wurde gesendet. Versuchen Sie es mit Verbindung noch einmal.' },
    timeout: { title: 'Die Bank hat nicht rechtzeitig geantwortet', next: 'Versuchen Sie es gleich noch einmal.' },
    broken: {
      title: 'Die Verbindung zur Bank ist abgerissen',
      next: 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
    },
  },
  internal_fault: {
    title: 'Bei uns ist etwas kaputtgegangen',
    next: 'Versuchen Sie es noch einmal. Hilft das nicht, nennen Sie uns die Anfragenummer.',
  },
  'auth_invalid-credentials': {
    title: 'E-Mail-Adresse oder Passwort ist falsch',
    next: 'Prüfen Sie beides oder setzen Sie das Passwort zurück.',
  },
  'auth_second-factor-required': {
    title: 'Ein Code wird gebraucht',
    next: 'Geben Sie den Code Ihrer Authenticator-App ein oder den, den wir gesendet haben.',
  },
  'auth_invalid-code': {
    title: 'Dieser Code gilt nicht',
    next: 'Geben Sie den neuesten Code ein oder fordern Sie einen neuen an.',
  },
  'auth_code-sent-already': {
    title: 'Eben wurde schon ein Code gesendet',
    next: 'Sehen Sie in Ihre E-Mails oder fragen Sie in {{wait}} wieder.',
  },
  'auth_too-many-tries': {
    title: 'Zu viele Fehlversuche',
    next: 'Warten Sie {{wait}} oder setzen Sie das Passwort zurück.',
  },
  'auth_email-not-confirmed': {
    title: 'Ihre E-Mail-Adresse ist noch nicht bestätigt',
    next: 'Geben Sie den Code ein, den wir dorthin gesendet haben.',
  },
  'auth_reauthentication-failed': {
    title: 'Das beweist nicht, dass Sie es sind',
    next: 'Geben Sie Ihr Passwort oder den neuesten Code ein.',
  },
  'auth_step-up-required': {
    title: 'Bitte bestätigen Sie, dass Sie es sind',
    next: 'Geben Sie Passwort oder Code ein, um genau dies freizugeben.',
  },
  'auth_missing-token': { title: 'Sie sind abgemeldet', next: 'Melden Sie sich an, um weiterzumachen.' },
  'auth_invalid-token': { title: 'Ihre Sitzung ist zu Ende', next: 'Melden Sie sich erneut an.' },
  'auth_role-not-allowed': { title: 'Ihr Zugang darf das nicht', next: 'Fragen Sie die Bank, wenn er es sollte.' },
  'auth_totp-already-set-up': {
    title: 'Eine Authenticator-App ist schon eingerichtet',
    next: 'Entfernen Sie sie zuerst.',
  },
  'auth_factor-needed': {
    title: 'Ihre Authenticator-App muss vorerst bleiben',
    next: 'Wählen Sie zuerst ein Passwort mit mindestens 15 Zeichen.',
  },
  'identity_wrong-password': { title: 'Ihr jetziges Passwort ist falsch', next: 'Geben Sie es noch einmal ein.' },
  'identity_password-too-common': {
    title: 'Dieses Passwort benutzen zu viele',
    next: 'Ein paar Wörter hintereinander sind gut.',
  },
  'identity_password-too-short': {
    title: 'Das Passwort ist zu kurz',
    next: 'Ein paar Wörter hintereinander sind gut.',
  },
  'identity_password-too-long': { title: 'Das Passwort ist zu lang', next: 'Wählen Sie ein kürzeres.' },
  'identity_password-unchanged': { title: 'Das ist Ihr jetziges Passwort', next: 'Wählen Sie ein anderes.' },
  'identity_email-taken': {
    title: 'Diese E-Mail-Adresse ist vergeben',
    next: 'Melden Sie sich damit an oder nehmen Sie eine andere.',
  },
  'accounts_already-registered': {
    title: 'Sie sind schon Kunde',
    next: 'Melden Sie sich an oder setzen Sie das Passwort zurück.',
  },
  'accounts_password-refused': {
    title: 'Dieses Passwort ist zu leicht zu erraten',
    next: 'Ein paar Wörter hintereinander sind gut.',
  },
  'accounts_bad-phone': {
    title: 'Die Telefonnummer ist nicht gültig',
    next: 'Schreiben Sie sie mit Landesvorwahl, etwa +49 30 1234567.',
  },
  'accounts_bad-email': {
    title: 'Die E-Mail-Adresse ist nicht gültig',
    next: 'Schreiben Sie sie als name@example.org.',
  },
  'accounts_bad-country': { title: 'Das Land ist nicht gültig', next: 'Wählen Sie eines aus der Liste.' },
  'accounts_bad-date-of-birth': { title: 'Das Geburtsdatum ist nicht gültig', next: 'Prüfen Sie Tag, Monat und Jahr.' },
  'accounts_too-young': {
    title: 'Sie sind zu jung, um allein Kunde zu werden',
    next: 'Kommen Sie mit einem Erziehungsberechtigten in eine Filiale.',
  },
  'accounts_bad-account-number': {
    title: 'Diese Kontonummer ist nicht gültig',
    next: 'Die Prüfziffern passen nicht: Vergleichen Sie sie mit dem Original.',
  },
  'accounts_customer-not-verified': {
    title: 'Wir haben Sie noch nicht geprüft',
    next: 'Sobald das geschehen ist, können Sie Konten eröffnen.',
  },
  'accounts_account-not-found': { title: 'Dieses Konto gibt es nicht', next: 'Wählen Sie eines von Ihren.' },
  'accounts_unknown-product': { title: 'Dieses Konto bieten wir nicht an', next: 'Wählen Sie ein anderes.' },
  'accounts_currency-not-offered': {
    title: 'Dieses Konto gibt es nicht in dieser Währung',
    next: 'Wählen Sie eine andere.',
  },
  'transactions_insufficient-funds': {
    title: 'So viel ist nicht verfügbar',
    next: 'Sie können bis zu {{available_minor}} bewegen.',
  },
  'transactions_limit-exceeded': {
    title: 'Das ginge über ein Limit',
    next: 'Wählen Sie einen kleineren Betrag oder warten Sie, bis das Limit neu beginnt.',
  },
  'transactions_account-frozen': { title: 'Das Konto ist gesperrt', next: 'Bis zur Freigabe geht nichts davon ab.' },
  'transactions_account-not-open': { title: 'Das Konto ist nicht offen', next: 'Nehmen Sie ein anderes Konto.' },
  'transactions_account-not-found': { title: 'Dieses Konto gibt es nicht', next: 'Wählen Sie eines von Ihren.' },
  'transactions_payee-not-found': {
    title: 'Kein Konto dieser Bank hat diese Nummer',
    next: 'Vergleichen Sie sie mit dem Original.',
  },
  'transactions_same-account': { title: 'Beide Konten sind dasselbe', next: 'Wählen Sie zwei verschiedene.' },
  'transactions_currency-mismatch': {
    title: 'Die Konten haben verschiedene Währungen',
    next: 'Wählen Sie Konten einer Währung.',
  },
  'transactions_cash-at-teller-only': {
    title: 'Bargeld für dieses Konto gibt es am Schalter',
    next: 'Kommen Sie in eine Filiale oder überweisen Sie.',
  },
  'transactions_balance-out-of-range': {
    title: 'Der Kontostand würde zu groß',
    next: 'Wählen Sie einen kleineren Betrag.',
  },
  'transactions_queue-full': {
    title: 'Die Bank ist sehr beschäftigt',
    next: 'Nichts wurde gebucht. Versuchen Sie es in {{wait}} wieder.',
  },
  'transactions_transaction-not-found': { title: 'Diese Bewegung gibt es nicht', next: 'Gehen Sie zurück zum Konto.' },
  'idempotency_key-reused': {
    title: 'Dieser Auftrag wurde schon für etwas anderes benutzt',
    next: 'Beginnen Sie neu.',
  },
  'idempotency_in-progress': {
    title: 'Die Bank arbeitet noch an diesem Auftrag',
    next: 'Wir fragen in {{wait}} wieder.',
  },
  'gateway_upstream-unavailable': {
    title: 'Dieser Teil der Bank antwortet nicht',
    next: 'Versuchen Sie es in {{wait}} wieder.',
  },
  'gateway_deadline-passed': {
    title: 'Die Bank hat nicht rechtzeitig geantwortet',
    next: 'Versuchen Sie es wieder: Es wirkt nur einmal, auch wenn es schon gewirkt hat.',
  },
  'request_deadline-passed': {
    title: 'Die Bank hat nicht rechtzeitig geantwortet',
    next: 'Versuchen Sie es gleich wieder.',
  },
  service_unavailable: {
    title: 'Dieser Teil der Bank ist gerade nicht erreichbar',
    next: 'Versuchen Sie es in {{wait}} wieder.',
  },
  store_busy: { title: 'Die Bank ist sehr beschäftigt', next: 'Versuchen Sie es in {{wait}} wieder.' },
  request_invalid: { title: 'Etwas im Formular stimmt nicht', next: 'Berichtigen Sie es und senden Sie es wieder.' },
  'request_version-mismatch': {
    title: 'Das wurde inzwischen anderswo geändert',
    next: 'Sehen Sie den neuesten Stand an und ändern Sie erneut.',
  },
  'request_not-found': { title: 'Hier ist nichts', next: 'Gehen Sie dorthin zurück, woher Sie kamen.' },
  'request_too-many-requests': { title: 'Das war viel auf einmal', next: 'Versuchen Sie es in {{wait}} wieder.' },
  'support_ticket-closed': {
    title: 'Das Anliegen ist geschlossen',
    next: 'Öffnen Sie es wieder und schreiben Sie dann.',
  },
  'support_ticket-not-found': { title: 'Dieses Anliegen gibt es nicht', next: 'Wählen Sie eines aus Ihrer Liste.' },
  'support_step-not-allowed': {
    title: 'Das Anliegen lässt diesen Schritt nicht zu',
    next: 'Laden Sie es neu und sehen Sie, wo es steht.',
  },
  'notifications_item-not-found': { title: 'Diese Nachricht gibt es nicht', next: 'Laden Sie den Posteingang neu.' },
};
