import type { Texts } from '../en/all';

export const security: Texts['security'] = {
  sessions: 'Wo Sie angemeldet sind',
  seen: 'zuletzt {{when}}',
  here: 'dieses Gerät',
  end: 'Dort abmelden',
  signIns: 'Anmeldungen',
  event: { login: 'Angemeldet', logout: 'Abgemeldet', failure: 'Fehlgeschlagener Versuch' },
  password: 'Passwort',
  current: 'Jetziges Passwort',
  changed: 'Ihr Passwort ist geändert. Ihre anderen Sitzungen sind beendet.',
  authenticator: 'Authenticator-App',
  authenticatorOn: 'Die Anmeldung braucht einen Code Ihrer Authenticator-App.',
  authenticatorOff: 'Ein Code von einer App auf Ihrem Telefon schützt Sie, auch wenn jemand Ihr Passwort erfährt.',
  setUp: 'Einrichten',
  remove: 'Entfernen',
  approve: 'Das ändert, wie Sie sich anmelden. Geben Sie Ihr Passwort noch einmal ein.',
  scan: 'Scannen Sie dieses Bild mit Ihrer Authenticator-App und geben Sie dann den Code ein, den sie zeigt.',
  qr: 'QR-Code für die Authenticator-App',
  orType: 'Oder tippen Sie diesen Schlüssel:',
  confirm: 'Bestätigen',
  recovery: 'Ihre Wiederherstellungscodes',
  recoveryText:
    'Jeder gilt einmal, falls Sie Ihr Telefon verlieren. Sie werden nur jetzt gezeigt: Bewahren Sie sie sicher auf.',
  copyCodes: 'Codes kopieren',
};
