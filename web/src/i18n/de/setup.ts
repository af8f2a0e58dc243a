/** The screen of the first start, where the first account is made. */
export const setup = {
  'setup.title': 'Denkraum einrichten',
  'setup.lead':
    'Legen Sie das erste Konto an. Es verwaltet Denkraum und lädt danach alle anderen ein.',
  'setup.name': 'Ihr Name',
  'setup.name-hint': 'So lesen ihn die anderen, zum Beispiel neben Ihren Seiten.',
  'setup.login': 'Anmeldename',
  'setup.login-hint': 'Zum Beispiel jana.petersen, oder Ihre E-Mail-Adresse.',
  'setup.password-rule': 'Mindestens 10 Zeichen. Ein Satz ist leichter zu merken als ein Rätsel.',
  'setup.submit': 'Konto anlegen',
  'setup.submitting': 'Konto wird angelegt …',
  'setup.fault.title': 'Das Konto ist noch nicht angelegt',
  'setup.fault.code':
    'Dieser Link gilt nicht oder nicht mehr. Wenn es schon ein Konto gibt, melden Sie sich damit an. Sonst starten Sie den Server neu: Er zeigt dann einen neuen Link.',
  'setup.fault.name-missing': 'Geben Sie Ihren Namen ein.',
  'setup.fault.login-missing': 'Denken Sie sich einen Anmeldenamen aus.',
  'setup.fault.login-form':
    'Ein Anmeldename besteht aus Buchstaben ohne Umlaute, Ziffern und den Zeichen . - _ @, ohne Leerzeichen.',
  'setup.fault.password-short': 'Das Passwort ist kürzer als 10 Zeichen.',
}
