/** The sign-in screen. */
export const signin = {
  'signin.title': 'Anmelden',
  'signin.claim': 'Gemeinsam denken, was Familien wirklich hilft.',
  'signin.ended':
    'Ihre Anmeldung ist abgelaufen. Melden Sie sich an, dann geht es an derselben Stelle weiter.',
  'signin.login': 'Anmeldename oder E-Mail-Adresse',
  'signin.password': 'Passwort',
  'signin.show': 'Zeigen',
  'signin.hide': 'Verbergen',
  'signin.submit': 'Anmelden',
  'signin.submitting': 'Anmeldung läuft …',
  'signin.no-access': 'Noch kein Zugang? Die Koordination Ihres Bezirks hilft Ihnen weiter.',
  'signin.made': 'Ihr Konto ist angelegt. Melden Sie sich damit an.',
  'signin.to': 'Zur Anmeldung',
  'signin.fault.title': 'Die Anmeldung hat nicht geklappt',
  'signin.fault.wrong': 'Anmeldename oder Passwort stimmt nicht.',
  'signin.fault.too-many':
    'Das waren viele Versuche. Warten Sie einige Minuten, dann können Sie sich wieder anmelden.',
  'signin.fault.login-missing': 'Geben Sie Ihren Anmeldenamen ein.',
  'signin.fault.password-missing': 'Geben Sie Ihr Passwort ein.',
}
