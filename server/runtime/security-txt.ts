import type { Config } from '../config.ts'

/** In ms: half of the year that RFC 9116 allows at most. */
const holds = 182 * 86_400_000

/** Whom to tell of a hole in this installation (RFC 9116). Undefined where its operator has named nobody. */
export function securityText(config: Pick<Config, 'publicUrl' | 'securityContact'>, now: Date): string | undefined {
  const { publicUrl, securityContact } = config
  if (!securityContact) return undefined
  const lines = [`Contact: ${securityContact}`, `Expires: ${new Date(now.getTime() + holds).toISOString()}`]
  if (publicUrl) lines.push(`Canonical: ${publicUrl}/.well-known/security.txt`)
  return lines.map((line) => `${line}\n`).join('')
}
