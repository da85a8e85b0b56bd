import { appVersion } from './version.ts'

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  // Mantine writes its theme into style elements.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  // Text becomes HTML or a script's address only through the page's own rule, client/trusted-types.ts.
  "require-trusted-types-for 'script'",
  'trusted-types default',
]

const always: readonly [string, string][] = [
  ['content-security-policy', policy.join('; ')],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'same-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'],
  ['x-frame-options', 'DENY'],
  ['x-app-version', appVersion],
]

/** An answer without its own caching rule is not cached. */
export const protective = (https: boolean, hstsSubdomains = false): [string, string][] => {
  const age = 'max-age=31536000'
  const insists: [string, string] = ['strict-transport-security', hstsSubdomains ? `${age}; includeSubDomains` : age]
  return [...always, ['cache-control', 'no-store'], ...(https ? [insists] : [])]
}
