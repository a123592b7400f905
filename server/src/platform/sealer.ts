import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Encrypts single fields: tokens, secrets, identity numbers. */
export interface Sealer {
  /** `place` says where the value lives (`payment_method:100000042-1`): sealed bytes copied elsewhere do not open. */
  seal(text: string, place: string): Buffer
  /** Throws when the bytes were changed, moved or sealed with another key. */
  open(sealed: Uint8Array, place: string): string
}

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** This will make a sealer of a 32-byte key: AES-256-GCM, as `version (1), nonce (12), tag (16), ciphertext`. */
export function createSealer(key: Buffer): Sealer {
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (bytes[0] !== VERSION || bytes.length < 1 + NONCE_BYTES + TAG_BYTES)
        throw new Error(`the sealed field of ${place} has no form that is known`)
      const tagAt = 1 + NONCE_BYTES
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, tagAt), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(tagAt, tagAt + TAG_BYTES))
      return decipher.update(bytes.subarray(tagAt + TAG_BYTES)).toString('utf8') + decipher.final('utf8')
    },
  }
}
