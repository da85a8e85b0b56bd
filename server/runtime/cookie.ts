/** With `__Host-` no other host can set the cookie. Browsers accept it only over https, so plain http has another name. */
const nameOf = (https: boolean) => (https ? '__Host-homeroom' : 'homeroom')

const token = /^[\w-]{43}$/

const deviceNameOf = (https: boolean) => (https ? '__Host-homeroom-device' : 'homeroom-device')
const halfAYear = 182 * 86_400

const attributesOf = (https: boolean) => ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(https ? ['Secure'] : [])]

/** Null removes the cookie. Without Max-Age it ends with the browser. */
export function sessionCookie(value: string | null, https: boolean): string {
  return [`${nameOf(https)}=${value ?? ''}`, ...(value ? [] : ['Max-Age=0']), ...attributesOf(https)].join('; ')
}

function valueIn(name: string, header: string): string | undefined {
  const prefix = `${name}=`
  return header
    .split(/;\s*/)
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length)
}

export function cookieOf(https: boolean, header = ''): string | undefined {
  const value = valueIn(nameOf(https), header)
  return value && token.test(value) ? value : undefined
}

/** It opens nothing, and stays when its person signs out. */
export const deviceCookie = (value: string, https: boolean): string =>
  [`${deviceNameOf(https)}=${value}`, `Max-Age=${halfAYear}`, ...attributesOf(https)].join('; ')

export const deviceCookieOf = (https: boolean, header = ''): string | null =>
  valueIn(deviceNameOf(https), header) ?? null
