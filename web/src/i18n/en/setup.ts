/** The screen of the first start, where the first account is made. */
export const setup = {
  'setup.title': 'Set up Denkraum',
  'setup.lead': 'Create the first account. It manages Denkraum and then invites everyone else.',
  'setup.name': 'Your name',
  'setup.name-hint': 'This is how others see you, for example beside your pages.',
  'setup.login': 'Login',
  'setup.login-hint': 'For example jana.petersen, or your e-mail address.',
  'setup.password-rule': 'At least 10 characters. A sentence is easier to remember than a riddle.',
  'setup.submit': 'Create account',
  'setup.submitting': 'Creating the account …',
  'setup.fault.title': 'The account has not been created yet',
  'setup.fault.code':
    'This link is not valid, or no longer. If there is an account already, sign in with it. Otherwise restart the server: it then shows a new link.',
  'setup.fault.name-missing': 'Enter your name.',
  'setup.fault.login-missing': 'Think of a login.',
  'setup.fault.login-form':
    'A login consists of the letters a to z, digits and the characters . - _ @, without spaces.',
  'setup.fault.password-short': 'The password is shorter than 10 characters.',
}
