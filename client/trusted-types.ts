/**
 * What the browser asks before text becomes HTML (`trusted-types` in the Content-Security-Policy). Only the kit's own style
 * elements are written so, and CSS needs no tag.
 */
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown
}

/** The browser refuses a text for which the policy answers null. */
export const styleOnly = (text: string): string | null => (text.includes('<') ? null : text)

const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', { createHTML: styleOnly })
