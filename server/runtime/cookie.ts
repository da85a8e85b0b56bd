/**
 * The session's cookie. `__Host-` makes browsers insist on Secure, Path=/ and no Domain, so that no other host can set it;
 * over plain http, where they would refuse that, it has a plain name.
 */
const nameOf = (https: boolean) => (https ? '__Host-homeroom' : 'homeroom')

/** As `newToken` in auth/tokens.ts makes them. */
const token = /^[\w-]{43}$/

/** Null removes it. Without Max-Age it goes with the browser; the server ends the session on its own. */
export function sessionCookie(value: string | null, https: boolean): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(https ? ['Secure'] : [])]
  return [`${nameOf(https)}=${value ?? ''}`, ...(value ? [] : ['Max-Age=0']), ...attributes].join('; ')
}

/** The token in the header `cookie`, if it can be one. */
export function cookieOf(https: boolean, header = ''): string | undefined {
  const prefix = `${nameOf(https)}=`
  const sent = header.split(/;\s*/).find((part) => part.startsWith(prefix))
  const value = sent?.slice(prefix.length)
  return value && token.test(value) ? value : undefined
}
