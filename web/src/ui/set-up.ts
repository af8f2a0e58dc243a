/** What the form of the first account asks for, and what may be wrong with it. */

export interface SetUpFields {
  name: string
  login: string
  password: string
}

export interface SetUpFaults {
  name?: 'missing'
  login?: 'missing' | 'form'
  password?: 'short'
}

/** The fewest characters of a new password, as the server counts them. */
export const passwordChars = 10

/** What a login may consist of, as the server has it: letters a–z, digits, `.`, `-`, `_`, `@`. */
const loginForm = /^[a-z0-9._@-]{1,80}$/i

/** The faults of the fields; no entries where the form can be sent. */
export function faultsOf({ name, login, password }: SetUpFields): SetUpFaults {
  const faults: SetUpFaults = {}
  if (name.trim() === '') faults.name = 'missing'
  if (login.trim() === '') faults.login = 'missing'
  else if (!loginForm.test(login.trim())) faults.login = 'form'
  // Characters as people count them, not UTF-16 units.
  if ([...password].length < passwordChars) faults.password = 'short'
  return faults
}
