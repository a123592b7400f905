import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** This will encrypt a text for one field of a row: nonce, tag and ciphertext of AES-256-GCM. */
export function encryptField(key: Buffer, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext])
}

/** This will decrypt a field; throws when it was changed, or encrypted with another key. */
export function decryptField(key: Buffer, field: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, field.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(field.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const plain = [decipher.update(field.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]
  return Buffer.concat(plain).toString('utf8')
}
