/** A certificate that signs itself, made anew for each test: no key lies in the repository. */
import { generateKeyPairSync, sign } from 'node:crypto'

export interface Certificate {
  cert: string
  key: string
}

/** DER: a tag, the content's length in two bytes, the content. */
const part = (tag: number, ...content: Buffer[]): Buffer => {
  const all = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag, 0x82, all.length >> 8, all.length & 255]), all])
}
const bytes = (hex: string) => Buffer.from(hex, 'hex')
const sequence = (...content: Buffer[]) => part(0x30, ...content)
const ecdsaWithSha256 = sequence(part(0x06, bytes('2a8648ce3d040302')))
const commonName = part(0x06, bytes('550403'))
const subjectAltName = part(0x06, bytes('551d11'))
const time = (date: Date) => part(0x18, Buffer.from(`${date.toISOString().replace(/\D/g, '').slice(0, 14)}Z`))
const day = 86_400_000

/** RFC 5280, with one alternative name: a host's, or an IPv4 address. */
export function certificateFor(host: string): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const isAddress = /^[\d.]+$/.test(host)
  const name = isAddress ? part(0x87, Buffer.from(host.split('.').map(Number))) : part(0x82, Buffer.from(host))
  const who = sequence(part(0x31, sequence(commonName, part(0x0c, Buffer.from(host)))))
  const now = Date.now()
  const content = sequence(
    part(0xa0, part(0x02, bytes('02'))),
    part(0x02, bytes('01')),
    ecdsaWithSha256,
    who,
    sequence(time(new Date(now - day)), time(new Date(now + day))),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    part(0xa3, sequence(sequence(subjectAltName, part(0x04, sequence(name))))),
  )
  const signature = part(0x03, bytes('00'), sign('sha256', content, privateKey))
  const der = sequence(content, ecdsaWithSha256, signature)
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
