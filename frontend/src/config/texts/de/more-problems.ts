import type { moreProblems as english } from '../en/more-problems';

export const moreProblems: Record<keyof typeof english, { title: string; next: string }> = {
  'accounts_account-in-transition': {
    title: 'Eine Änderung dieses Kontos läuft gerade',
    next: 'Warten Sie einen Augenblick und versuchen Sie es dann noch einmal.',
  },
  'accounts_account-not-empty': {
    title: 'Auf dem Konto liegt noch Geld, etwas Reserviertes oder ein Auftrag',
    next: 'Wählen Sie ein Konto für den Rest und beenden Sie, was reserviert ist.',
  },
  'accounts_account-not-open': { title: 'Das Konto ist nicht offen', next: 'Heben Sie zuerst die Sperre auf.' },
  'accounts_already-frozen': { title: 'Das Konto ist schon gesperrt', next: 'Es ist nichts weiter zu tun.' },
  'accounts_not-frozen': { title: 'Das Konto ist nicht gesperrt', next: 'Es gibt nichts aufzuheben.' },
  'accounts_payout-refused': {
    title: 'Der Rest konnte nicht ausgezahlt werden',
    next: 'Wählen Sie ein anderes Konto dafür.',
  },
  'accounts_unfreeze-not-allowed': {
    title: 'Diese Sperre können Sie nicht selbst aufheben',
    next: 'Fragen Sie uns, warum das Konto gesperrt ist.',
  },
  'accounts_unknown-payout-account': {
    title: 'Dorthin kann der Rest nicht gezahlt werden',
    next: 'Wählen Sie ein anderes Ihrer offenen Konten in derselben Währung.',
  },
  'transactions_bad-order-days': {
    title: 'Diese Tage gehen nicht',
    next: 'Beginnen Sie heute oder später und enden Sie nicht vorher.',
  },
  'transactions_order-changed': {
    title: 'Der Auftrag wurde inzwischen geändert',
    next: 'Sehen Sie ihn an, wie er jetzt ist, und versuchen Sie es dann noch einmal.',
  },
  'transactions_order-ended': { title: 'Der Auftrag ist beendet', next: 'Richten Sie einen neuen ein.' },
  'transactions_order-not-found': { title: 'Diesen Dauerauftrag gibt es nicht', next: 'Wählen Sie einen von Ihren.' },
  'transactions_bad-statement-days': {
    title: 'Ein Auszug dieser Tage geht nicht',
    next: 'Wählen Sie höchstens 400 Tage, den letzten nicht nach heute.',
  },
  'transactions_statement-not-ready': {
    title: 'Der Auszug wird noch erstellt',
    next: 'Versuchen Sie es in einigen Sekunden noch einmal.',
  },
  'transactions_no-such-posting': {
    title: 'Damals wurden keine Zinsen gutgeschrieben',
    next: 'Wählen Sie eine der gezeigten Gutschriften.',
  },
  'support_not-that-kind-of-file': {
    title: 'Diese Datei können wir nicht annehmen',
    next: 'Hängen Sie ein Bild, ein PDF oder einen einfachen Text an.',
  },
  'support_too-many-attachments': {
    title: 'Die Anfrage hat so viele Dateien, wie sie fasst',
    next: 'Beschreiben Sie den Rest, oder stellen Sie eine neue Anfrage.',
  },
  'support_empty-file': { title: 'Die Datei ist leer', next: 'Wählen Sie eine andere.' },
  'support_rated-already': {
    title: 'Sie haben das schon bewertet',
    next: 'Öffnen Sie die Anfrage wieder, wenn sie nicht erledigt ist.',
  },
  'support_not-resolved-yet': { title: 'Die Anfrage ist noch nicht gelöst', next: 'Bewerten Sie sie danach.' },
  'notifications_security-mails-stay-on': {
    title: 'E-Mails zu Ihrer Sicherheit bleiben an',
    next: 'Wählen Sie alles andere frei.',
  },
  'notifications_unknown-time-zone': { title: 'Diese Zeitzone gibt es nicht', next: 'Wählen Sie eine aus der Liste.' },
  'request_too-large': { title: 'Das ist zu groß', next: 'Wählen Sie eine kleinere Datei, höchstens 5 MB.' },
  'accounts_payee-not-found': { title: 'Diesen Empfänger gibt es nicht', next: 'Wählen Sie einen von Ihren.' },
  'accounts_payee-exists': {
    title: 'Sie haben schon einen Empfänger mit dieser Nummer',
    next: 'Nehmen Sie diesen, oder benennen Sie ihn um.',
  },
  'accounts_too-many-payees': {
    title: 'Sie haben so viele Empfänger, wie es geben darf',
    next: 'Entfernen Sie einige, die Sie nicht mehr bezahlen.',
  },
  'accounts_undo-over': {
    title: 'Es ist zu spät, diesen Empfänger zurückzuholen',
    next: 'Fügen Sie ihn noch einmal hinzu.',
  },
};
