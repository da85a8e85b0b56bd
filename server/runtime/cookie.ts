/** With `__Host-` no other host can set the cookie. Browsers accept it only over https, so plain http has another name. */
const nameOf = (https: boolean) => (https ? '__Host-homeroom' : 'homeroom')

const token = /^[\w-]{43}$/

/** Null removes the cookie. Without Max-Age it ends with the browser. */
export function sessionCookie(value: string | null, https: boolean): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(https ? ['Secure'] : [])]
  return [`${nameOf(https)}=${value ?? ''}`, ...(value ? [] : ['Max-Age=0']), ...attributes].join('; ')
}

export function cookieOf(https: boolean, header = ''): string | undefined {
  const prefix = `${nameOf(https)}=`
  const sent = header.split(/;\s*/).find((part) => part.startsWith(prefix))
  const value = sent?.slice(prefix.length)
  return value && token.test(value) ? value : undefined
}
