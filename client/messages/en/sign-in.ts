/** Signing in. */
export const signIn = () => ({
  title: 'Sign in',
  email: 'Email',
  password: 'Password',
  submit: 'Sign in',
  emailInvalid: 'Enter an email address like name@school.example',
  cookiesOff:
    'This browser blocks cookies, and without one nobody can be signed in. Allow cookies for this address first.',
  noCookie:
    'Email and password are right, but this browser did not keep the cookie that signs you in. Allow cookies for this address, then sign in again.',
  passwordMissing: 'Enter your password',
  endedTitle: 'Sign in to go on',
  endedHint: (name: string) =>
    `Your session ended. Sign in as ${name}; what you typed is kept and what you were doing goes on.`,
  confirmTitle: 'Confirm that it is you',
  confirmHint: (name: string) =>
    `You are about to change what somebody may do, and signed in more than ten minutes ago. Type the password of ${name}.`,
  confirm: 'Confirm',
  notNow: 'Leave it as it is',
  left: 'Nothing was changed',
  somebodyElse: 'Sign in as somebody else',
  notSetUp: 'This register is not set up yet',
  notSetUpHint: 'Open the setup link that the server wrote to its log, or run this beside the server:',
  initCommand: 'npx homeroom init',
})
