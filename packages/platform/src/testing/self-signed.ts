import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** A certificate that says so of itself, with its key, as PEM: good for a year from `since`. */
export function selfSigned(name: string, since: Date): { cert: string; key: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const tbs = toBeSigned(name, since, privateKey)
  const der = sequence(tbs, ecdsaWithSha256, bits(sign('sha256', tbs, privateKey)))
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)
    ?.join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** TBSCertificate of RFC 5280 §4.1, version 3, with the name as the one alternative name. */
function toBeSigned(name: string, since: Date, key: KeyObject): Buffer {
  const who = sequence(der(0x31, sequence(commonName, der(0x0c, Buffer.from(name)))))
  const until = new Date(since.getTime() + 365 * 86_400_000)
  const alternative = sequence(subjectAltName, der(0x04, sequence(der(0x82, Buffer.from(name)))))
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    who,
    sequence(moment(since), moment(until)),
    who,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternative)),
  )
}

const commonName = Buffer.from('0603550403', 'hex')
const subjectAltName = Buffer.from('0603551d11', 'hex')
const ecdsaWithSha256 = sequence(Buffer.from('06082a8648ce3d040302', 'hex'))

function moment(at: Date): Buffer {
  return der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replaceAll(/\D/g, '')}Z`))
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([0]), content]))
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

/** Tag, length, content (X.690 §8.1). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
