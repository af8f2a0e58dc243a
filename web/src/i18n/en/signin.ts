/** The sign-in screen. */
export const signin = {
  'signin.title': 'Sign in',
  'signin.claim': 'Thinking together about what really helps families.',
  'signin.ended': 'Your session has ended. Sign in and you continue at the same place.',
  'signin.login': 'Login or e-mail address',
  'signin.password': 'Password',
  'signin.show': 'Show',
  'signin.hide': 'Hide',
  'signin.submit': 'Sign in',
  'signin.submitting': 'Signing in …',
  'signin.no-access': 'No account yet? The coordination of your district can help.',
  'signin.made': 'Your account has been created. Sign in with it.',
  'signin.to': 'To sign-in',
  'signin.fault.title': 'Signing in did not work',
  'signin.fault.wrong': 'The login or the password is wrong.',
  'signin.fault.too-many':
    'Those were many attempts. Wait a few minutes, then you can sign in again.',
  'signin.fault.login-missing': 'Enter your login.',
  'signin.fault.password-missing': 'Enter your password.',
}
