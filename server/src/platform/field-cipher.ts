import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * This will encrypt a text for one field of a row: nonce, tag and ciphertext of AES-256-GCM. With a `place`
 * (`payment_method:100000042-1`) the field does not open when it is copied to another row.
 */
export function encryptField(key: Buffer, text: string, place = ''): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext])
}

/** This will decrypt a field; throws when it was changed, moved, or encrypted with another key. */
export function decryptField(key: Buffer, field: Buffer, place = ''): string {
  const decipher = createDecipheriv('aes-256-gcm', key, field.subarray(0, NONCE_BYTES))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(field.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const plain = [decipher.update(field.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]
  return Buffer.concat(plain).toString('utf8')
}
