/** With `__Host-` no other host can set the cookie. Browsers accept it only over https, so plain http has another name. */
const commonName = (https: boolean) => (https ? '__Host-homeroom' : 'homeroom')

/** A browser sends a host's cookies to every port of it, so the name says of which register there it is. */
export const nameOf = (https: boolean, installation: string): string => `${commonName(https)}-${installation}`

/** In the order in which they count. Servers of the release before know only the common one: it goes with the next release. */
const namesOf = (https: boolean, installation: string) => [nameOf(https, installation), commonName(https)]

const token = /^[\w-]{43}$/

/** Registers at one host share it: each finds its own people in it, and leaves the others'. */
const deviceNameOf = (https: boolean) => `${commonName(https)}-device`
const halfAYear = 182 * 86_400

const attributesOf = (https: boolean) => ['Path=/', 'HttpOnly', 'SameSite=Lax', ...(https ? ['Secure'] : [])]

/** Null removes the cookie. Without Max-Age it ends with the browser. */
export const sessionCookies = (value: string | null, https: boolean, installation: string): string[] =>
  namesOf(https, installation).map((name) =>
    [`${name}=${value ?? ''}`, ...(value ? [] : ['Max-Age=0']), ...attributesOf(https)].join('; '),
  )

function valueIn(name: string, header: string): string | undefined {
  const prefix = `${name}=`
  return header
    .split(/;\s*/)
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length)
}

export function tokensIn(https: boolean, installation: string, header = ''): string[] {
  const values = namesOf(https, installation).map((name) => valueIn(name, header))
  return [...new Set(values)].filter((value) => value !== undefined && token.test(value)) as string[]
}

/** It opens nothing, and stays when its person signs out. */
export const deviceCookie = (value: string, https: boolean): string =>
  [`${deviceNameOf(https)}=${value}`, `Max-Age=${halfAYear}`, ...attributesOf(https)].join('; ')

export const deviceCookieOf = (https: boolean, header = ''): string | null =>
  valueIn(deviceNameOf(https), header) ?? null
